using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Faces;

/// <summary>A lead of a foreign protocol's request.</summary>
/// <param name="Request">What is to be scored.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record FaceLead(ScoreRequest Request, FacePlace Place)
{
    /// <summary>Reads a record that is an object of the body.</summary>
    public static FaceLead Read(JsonField record) => new(ScoreRequestReader.Read(record), new(record.Pointer));

    /// <summary>Reads a lead that is no object of the body.</summary>
    /// <param name="element">What it is there; faults of the lead are noted as its own.</param>
    /// <param name="form">What faults call it.</param>
    /// <param name="utf8">The lead as JSON.</param>
    /// <returns>The lead, or null when something is wrong with it.</returns>
    public static FaceLead? Read(JsonField element, string form, ReadOnlyMemory<byte> utf8)
    {
        var place = new FacePlace(element.Pointer, form);
        try
        {
            return new(ScoreRequestReader.Read(utf8), place);
        }
        catch (RequestFaultsException faults)
        {
            foreach (RequestFault fault in faults.Faults.Select(place.Of))
            {
                element.Fault(fault.Found, fault.Expected);
            }

            return null;
        }
    }
}

/// <summary>Where a lead stands in the body.</summary>
/// <param name="Pointer">Its JSON pointer.</param>
/// <param name="Form">What it is there, such as <c>text</c>, where the lead's members have no pointers in the body; null where it is an object.</param>
internal sealed record FacePlace(string Pointer, string? Form = null)
{
    /// <summary>A fault of the lead as one of the whole body.</summary>
    public RequestFault Of(RequestFault fault) => Form is null
        ? fault with { Pointer = Pointer + fault.Pointer }
        : fault with { Pointer = Pointer, Found = fault.Pointer.Length == 0 ? $"{fault.Found} in the {Form}" : $"{fault.Found} at {fault.Pointer} of the {Form}" };
}

using System.Text.Json.Serialization;
using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Ingest;

/// <summary>What became of a delivery. All that is not refused or ignored is committed.</summary>
/// <param name="Received">How many items it had.</param>
/// <param name="Added">Items of which something was new.</param>
/// <param name="Known">Items that were known before.</param>
/// <param name="Waiting">Items kept aside until their lead is known.</param>
/// <param name="Ignored">Items that tell nothing for the history.</param>
/// <param name="Refused">Items that are wrong; sending them again as they are does not help.</param>
/// <param name="Items">Item by item, in the order sent.</param>
public sealed record IngestAnswer(int Received, int Added, int Known, int Waiting, int Ignored, int Refused, IReadOnlyList<ItemAnswer> Items)
{
    internal static IngestAnswer Of(IReadOnlyList<ItemAnswer> items)
    {
        int Count(string status) => items.Count(item => item.Status == status);
        return new(
            items.Count, Count(ItemAnswer.Added), Count(ItemAnswer.Known), Count(ItemAnswer.Waiting), Count(ItemAnswer.Ignored), Count(ItemAnswer.Refused), items);
    }
}

/// <summary>What became of one item.</summary>
/// <param name="Status"><c>added</c>, <c>known</c>, <c>waiting</c>, <c>ignored</c> or <c>refused</c>.</param>
/// <param name="Id">Its identifier, or the one made of its content; not there where it has none.</param>
/// <param name="Because">Why it was ignored, or null.</param>
/// <param name="Errors">Why it was refused, or null.</param>
/// <param name="LeftOut">Values of it that are not what their field holds and were left out, or null.</param>
public sealed record ItemAnswer(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Because = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RequestFault>? Errors = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RequestFault>? LeftOut = null)
{
    internal const string Added = "added", Known = "known", Waiting = "waiting", Ignored = "ignored", Refused = "refused";
}

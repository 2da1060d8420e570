using System.Text;
using System.Text.Json;
using LeadPredict.Api.Requests;
using LeadPredict.Artifacts;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Faces;

/// <summary>
/// The shapes of the Open Inference Protocol, version 2 (https://github.com/kserve/open-inference-protocol). A lead is one element of an input
/// <c>lead</c> of datatype <c>BYTES</c>: a request to score as JSON text.
/// </summary>
internal static class InferenceProtocol
{
    public const string Input = "lead";

    /// <summary>Where the protocol's paths begin.</summary>
    public const string Root = "/v2";

    /// <summary>What a model takes and gives.</summary>
    public static InferenceModel Describe(ModelArtifact model) => new(
        model.Name,
        [$"{model.Version}"],
        "leadpredict",
        [new(Input, "BYTES", [-1])],
        [.. InferenceOutput.AllOf(model).Select(output => new InferenceTensorShape(output.Name, output.Datatype, [-1]))]);

    /// <summary>Reads an inference request.</summary>
    /// <param name="body">The body.</param>
    /// <param name="outputs">What the model gives.</param>
    /// <exception cref="RequestFaultsException">It is not as the protocol or the model says.</exception>
    public static InferenceRequest Read(ReadOnlyMemory<byte> body, IReadOnlyList<InferenceOutput> outputs) => JsonBody.Read(body, root =>
    {
        Dictionary<string, JsonField> members = root.Members("id", "parameters", "inputs", "outputs");
        Fields.Require(root, members, "inputs");
        DemandParameters(members);
        var leads = new List<FaceLead>();
        if (members.TryGetValue("inputs", out JsonField inputs))
        {
            List<JsonField> tensors = inputs.Items(1);
            if (inputs.IsEmptyArray)
            {
                inputs.Fault("no input", $"one input named {Input}");
            }

            foreach (JsonField tensor in tensors)
            {
                ReadTensor(tensor, leads);
            }
        }

        return new InferenceRequest(Fields.Text(members, "id"), leads, ReadOutputs(members, outputs));
    });

    /// <summary>Answers an inference request.</summary>
    public static InferenceAnswer Write(InferenceRequest request, ModelArtifact model, IReadOnlyList<LeadScore> scores)
    {
        int[] shape = [scores.Count];
        return new(
            model.Name,
            $"{model.Version}",
            [.. request.Outputs.Select(output => new InferenceTensor(output.Name, output.Datatype, shape, [.. scores.Select(output.Of)]))],
            request.Id);
    }

    private static void ReadTensor(JsonField tensor, List<FaceLead> leads)
    {
        Dictionary<string, JsonField> members = tensor.Members("name", "shape", "datatype", "parameters", "data");
        Fields.Require(tensor, members, "name", "shape", "datatype", "data");
        DemandParameters(members);
        Demand(members, "name", Input);
        Demand(members, "datatype", "BYTES");
        if (!members.TryGetValue("data", out JsonField data))
        {
            return;
        }

        int faults = data.Faults.Count;
        List<JsonField> elements = Elements(data);
        if (data.Faults.Count > faults)
        {
            return;
        }

        if (elements.Count is 0 or > FaceScores.MostLeads)
        {
            data.Fault($"{elements.Count} elements", $"1 to {FaceScores.MostLeads} leads");
            return;
        }

        if (members.TryGetValue("shape", out JsonField shape))
        {
            DemandShape(shape, elements.Count);
        }

        foreach (JsonField element in elements)
        {
            if (FaceLead.Read(element, "text", Encoding.UTF8.GetBytes(element.Text(RequestLimits.BodyBytes))) is { } lead)
            {
                leads.Add(lead);
            }
        }
    }

    /// <summary>The elements in linear order: a tensor comes flat, or as arrays of arrays.</summary>
    private static List<JsonField> Elements(JsonField data) =>
        [.. data.Items(FaceScores.MostLeads).SelectMany(item => item.Element.ValueKind == JsonValueKind.Array ? Elements(item) : [item])];

    /// <summary>Any shape of as many elements will do, such as [n] and [n,1].</summary>
    private static void DemandShape(JsonField shape, int elements)
    {
        int faults = shape.Faults.Count;
        long product = 1;
        foreach (JsonField dimension in shape.Items(RequestLimits.Depth))
        {
            product = Math.Min(product * dimension.Integer(0), int.MaxValue);
        }

        if (shape.Faults.Count == faults && product != elements)
        {
            shape.Fault($"a shape of {product} elements", $"that of the {elements} in data, such as [{elements}]");
        }
    }

    private static IReadOnlyList<InferenceOutput> ReadOutputs(Dictionary<string, JsonField> request, IReadOnlyList<InferenceOutput> all)
    {
        if (!request.TryGetValue("outputs", out JsonField outputs) || outputs.IsEmptyArray)
        {
            return all;
        }

        var asked = new List<InferenceOutput>();
        foreach (JsonField output in outputs.Items(all.Count))
        {
            Dictionary<string, JsonField> members = output.Members("name", "parameters");
            Fields.Require(output, members, "name");
            DemandParameters(members);
            if (members.TryGetValue("name", out JsonField name) && name.OneOf([.. all.Select(one => one.Name)]) is { } found)
            {
                asked.Add(all.First(one => one.Name == found));
            }
        }

        return asked;
    }

    /// <summary>Parameters may be there; none means anything here.</summary>
    private static void DemandParameters(Dictionary<string, JsonField> members)
    {
        if (members.TryGetValue("parameters", out JsonField parameters))
        {
            parameters.AnyMembers(StringComparer.Ordinal, RequestLimits.Attributes);
        }
    }

    private static void Demand(Dictionary<string, JsonField> members, string name, string expected)
    {
        if (members.TryGetValue(name, out JsonField field))
        {
            field.OneOf(expected);
        }
    }
}

/// <summary>An inference request as it was read.</summary>
/// <param name="Id">Its identifier, or null.</param>
/// <param name="Leads">The leads.</param>
/// <param name="Outputs">What is to be answered.</param>
internal sealed record InferenceRequest(string? Id, IReadOnlyList<FaceLead> Leads, IReadOnlyList<InferenceOutput> Outputs);

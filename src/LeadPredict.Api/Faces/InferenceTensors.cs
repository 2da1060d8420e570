using System.Text;
using System.Text.Json;
using LeadPredict.Api.Requests;
using LeadPredict.Features;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Api.Faces;

/// <summary>
/// Tensors of a request in the Open Inference Protocol. A lead is one element of an input <c>lead</c> of datatype <c>BYTES</c>: a request to score as JSON
/// text. Rows of a table come as one input a column, all of one length.
/// </summary>
internal static class InferenceTensors
{
    private const string Lead = "lead";
    private const string Bytes = "BYTES";

    private static readonly string[] Datatypes =
        ["BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "FP32", "FP64", Bytes];

    /// <summary>What a model of leads takes.</summary>
    public static IReadOnlyList<InferenceTensorShape> OfLeads { get; } = [new(Lead, Bytes, [-1])];

    /// <summary>What a model of a table takes.</summary>
    public static IReadOnlyList<InferenceTensorShape> OfRows(IReadOnlyList<TableColumn> columns) => [.. columns.Select(column => new InferenceTensorShape(
        column.Name,
        column.Kind switch
        {
            TableColumnKind.Number => "FP64",
            TableColumnKind.Boolean => "BOOL",
            _ => Bytes,
        },
        [-1]))];

    /// <summary>Reads leads.</summary>
    public static List<FaceLead> ReadLeads(JsonField inputs)
    {
        var leads = new List<FaceLead>();
        foreach (JsonField tensor in inputs.Items(1))
        {
            Dictionary<string, JsonField> members = Members(tensor);
            if (members.TryGetValue("name", out JsonField name))
            {
                name.OneOf(Lead);
            }

            foreach (JsonField element in ReadCells(members, Bytes))
            {
                if (FaceLead.Read(element, "text", Encoding.UTF8.GetBytes(element.Text(RequestLimits.BodyBytes))) is { } lead)
                {
                    leads.Add(lead);
                }
            }
        }

        if (inputs.IsEmptyArray)
        {
            inputs.Fault("no input", $"one input named {Lead}");
        }

        return leads;
    }

    /// <summary>Reads rows, and scores them. Inputs that the model does not read are passed over.</summary>
    public static List<ProbabilityEstimate> ReadRows(JsonField inputs, FaceTable table)
    {
        int faults = inputs.Faults.Count;
        var columns = new List<(string? Name, JsonField At, List<JsonField> Cells)>();
        foreach (JsonField tensor in inputs.Items(FaceTable.MostColumns))
        {
            Dictionary<string, JsonField> members = Members(tensor);
            string? name = members.TryGetValue("name", out JsonField called) ? called.Text(RequestLimits.TextLength) : null;
            List<JsonField> cells = ReadCells(members, Datatypes);
            InferenceRanges.Demand(members.GetValueOrDefault("datatype").TextIfAny(), name, cells);
            columns.Add((name, tensor, cells));
        }

        return inputs.Faults.Count > faults ? [] : table.Score(inputs, columns);
    }

    private static Dictionary<string, JsonField> Members(JsonField tensor)
    {
        Dictionary<string, JsonField> members = tensor.Members("name", "shape", "datatype", "parameters", "data");
        Fields.Require(tensor, members, "name", "shape", "datatype", "data");
        InferenceProtocol.DemandParameters(members);
        return members;
    }

    /// <summary>The elements of a tensor, of which there are none where something is wrong.</summary>
    private static List<JsonField> ReadCells(Dictionary<string, JsonField> tensor, params ReadOnlySpan<string> datatypes)
    {
        if (tensor.TryGetValue("datatype", out JsonField datatype))
        {
            datatype.OneOf(datatypes);
        }

        return tensor.TryGetValue("data", out JsonField data) ? ReadData(data, tensor) : [];
    }

    private static List<JsonField> ReadData(JsonField data, Dictionary<string, JsonField> tensor)
    {
        int faults = data.Faults.Count;
        List<JsonField> elements = Elements(data);
        if (data.Faults.Count > faults)
        {
            return [];
        }

        if (elements.Count is 0 or > FaceScores.MostLeads)
        {
            data.Fault($"{elements.Count} elements", $"1 to {FaceScores.MostLeads}");
            return [];
        }

        if (tensor.TryGetValue("shape", out JsonField shape))
        {
            DemandShape(shape, elements.Count);
        }

        return elements;
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
}

using System.Text;
using LeadPredict.Api.Requests;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Faces;

/// <summary>
/// The shapes of the Open Inference Protocol, version 2 (https://github.com/kserve/open-inference-protocol). A lead is one element of an input
/// <c>lead</c> of datatype <c>BYTES</c>: a request to score as JSON text.
/// </summary>
internal static class InferenceProtocol
{
    public const string Input = "lead";

    /// <summary>Reads an inference request.</summary>
    /// <returns>Its id, or null, and the leads.</returns>
    public static (string? Id, List<ScoreRequest> Leads) Read(ReadOnlyMemory<byte> body) => JsonBody.Read(body, root =>
    {
        Dictionary<string, JsonField> members = root.Members("id", "parameters", "inputs", "outputs");
        Fields.Require(root, members, "inputs");
        var leads = new List<ScoreRequest>();
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

        return (Fields.Text(members, "id"), leads);
    });

    /// <summary>The outputs: probabilities where the funnel has them, score and grade.</summary>
    public static InferenceAnswer Write(string? id, IReadOnlyList<LeadScore> scores)
    {
        int[] shape = [scores.Count];
        var outputs = new List<InferenceTensor>();
        void Probability(string name, Func<LeadProbabilities, ProbabilityEstimate?> of)
        {
            // A tensor has no null: an output that not every lead has is left out.
            if (scores.All(score => of(score.Probabilities) is not null))
            {
                outputs.Add(new(name, "FP64", shape, [.. scores.Select(score => (object)of(score.Probabilities)!.Value.Value)]));
            }
        }

        Probability("sql", probabilities => probabilities.Sql);
        Probability("closeGivenSql", probabilities => probabilities.CloseGivenSql);
        Probability("close", probabilities => probabilities.Close);
        outputs.Add(new("score", "INT32", shape, [.. scores.Select(score => (object)score.Score)]));
        outputs.Add(new("grade", "BYTES", shape, [.. scores.Select(score => (object)score.Grade)]));
        return new(scores[0].Model.Name, $"{scores[0].Model.Version}", id, outputs);
    }

    private static void ReadTensor(JsonField tensor, List<ScoreRequest> leads)
    {
        Dictionary<string, JsonField> members = tensor.Members("name", "shape", "datatype", "parameters", "data");
        Fields.Require(tensor, members, "name", "shape", "datatype", "data");
        Demand(members, "name", Input);
        Demand(members, "datatype", "BYTES");
        if (!members.TryGetValue("data", out JsonField data))
        {
            return;
        }

        List<JsonField> elements = data.Items(FaceScores.MostLeads);
        if (data.IsEmptyArray)
        {
            data.Fault("no element", $"1 to {FaceScores.MostLeads} leads");
        }

        foreach (JsonField element in elements)
        {
            string text = element.Text(RequestLimits.BodyBytes);
            try
            {
                leads.Add(ScoreRequestReader.Read(Encoding.UTF8.GetBytes(text)));
            }
            catch (RequestFaultsException faults)
            {
                foreach (RequestFault fault in faults.Faults)
                {
                    element.Fault($"{fault.Found} at {(fault.Pointer.Length == 0 ? "its start" : fault.Pointer)} of the text", fault.Expected);
                }
            }
        }
    }

    private static void Demand(Dictionary<string, JsonField> members, string name, string expected)
    {
        if (members.TryGetValue(name, out JsonField field) && field.Text(RequestLimits.NameLength) != expected)
        {
            field.Fault(field.Found(), expected);
        }
    }
}

/// <summary>What the server is.</summary>
public sealed record InferenceServer(string Name, string Version, IReadOnlyList<string> Extensions);

/// <summary>What a model takes and gives.</summary>
public sealed record InferenceModel(string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<InferenceTensorShape> Inputs, IReadOnlyList<InferenceTensorShape> Outputs);

/// <summary>A tensor's form; -1 is any length.</summary>
public sealed record InferenceTensorShape(string Name, string Datatype, IReadOnlyList<int> Shape);

/// <summary>A tensor.</summary>
public sealed record InferenceTensor(string Name, string Datatype, IReadOnlyList<int> Shape, IReadOnlyList<object> Data);

/// <summary>The answer to an inference request.</summary>
public sealed record InferenceAnswer(
    [property: System.Text.Json.Serialization.JsonPropertyName("model_name")] string ModelName,
    [property: System.Text.Json.Serialization.JsonPropertyName("model_version")] string ModelVersion,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Id,
    IReadOnlyList<InferenceTensor> Outputs);

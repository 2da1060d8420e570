using LeadPredict.Api.Requests;
using LeadPredict.Artifacts;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Api.Faces;

/// <summary>The shapes of the Open Inference Protocol, version 2 (https://github.com/kserve/open-inference-protocol), around <see cref="InferenceTensors"/>.</summary>
internal static class InferenceProtocol
{
    /// <summary>Where the protocol's paths begin.</summary>
    public const string Root = "/v2";

    /// <summary>What a model takes and gives.</summary>
    public static InferenceModel Describe(CompiledModel model) => model.Model.Kind == ArtifactKind.Table
        ? Describe(model.Model, InferenceTensors.OfRows(model.Extractor.Columns), InferenceOutputs.OfRows)
        : Describe(model.Model, InferenceTensors.OfLeads, InferenceOutputs.OfLeads(model.Model));

    /// <summary>Reads an inference request.</summary>
    /// <param name="body">The body.</param>
    /// <param name="outputs">What the model gives.</param>
    /// <param name="readInputs">Reads the member <c>inputs</c>.</param>
    /// <exception cref="RequestFaultsException">It is not as the protocol or the model says.</exception>
    public static InferenceRequest<TInput, TOutput> Read<TInput, TOutput>(
        ReadOnlyMemory<byte> body, IReadOnlyList<InferenceOutput<TOutput>> outputs, Func<JsonField, IReadOnlyList<TInput>> readInputs) => JsonBody.Read(body, root =>
    {
        Dictionary<string, JsonField> members = root.Members("id", "parameters", "inputs", "outputs");
        Fields.Require(root, members, "inputs");
        DemandParameters(members);
        IReadOnlyList<TInput> read = members.TryGetValue("inputs", out JsonField inputs) ? readInputs(inputs) : [];
        return new InferenceRequest<TInput, TOutput>(Fields.Text(members, "id"), read, ReadOutputs(members, outputs));
    });

    /// <summary>Answers an inference request.</summary>
    public static InferenceAnswer Write<TInput, TOutput>(InferenceRequest<TInput, TOutput> request, ModelArtifact model, IReadOnlyList<TOutput> scores)
    {
        int[] shape = [scores.Count];
        return new(
            model.Name,
            $"{model.Version}",
            [.. request.Outputs.Select(output => new InferenceTensor(output.Name, output.Datatype, shape, [.. scores.Select(output.Of)]))],
            request.Id);
    }

    /// <summary>Parameters may be there; none means anything here.</summary>
    public static void DemandParameters(Dictionary<string, JsonField> members)
    {
        if (members.TryGetValue("parameters", out JsonField parameters))
        {
            parameters.AnyMembers(StringComparer.Ordinal, RequestLimits.Attributes);
        }
    }

    private static InferenceModel Describe<T>(ModelArtifact model, IReadOnlyList<InferenceTensorShape> inputs, IReadOnlyList<InferenceOutput<T>> outputs) => new(
        model.Name, [$"{model.Version}"], "leadpredict", inputs, [.. outputs.Select(output => new InferenceTensorShape(output.Name, output.Datatype, [-1]))]);

    private static IReadOnlyList<InferenceOutput<T>> ReadOutputs<T>(Dictionary<string, JsonField> request, IReadOnlyList<InferenceOutput<T>> all)
    {
        if (!request.TryGetValue("outputs", out JsonField outputs) || outputs.IsEmptyArray)
        {
            return all;
        }

        var asked = new List<InferenceOutput<T>>();
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
}

/// <summary>An inference request as it was read.</summary>
/// <param name="Id">Its identifier, or null.</param>
/// <param name="Inputs">The leads or rows.</param>
/// <param name="Outputs">What is to be answered.</param>
internal sealed record InferenceRequest<TInput, TOutput>(string? Id, IReadOnlyList<TInput> Inputs, IReadOnlyList<InferenceOutput<TOutput>> Outputs);

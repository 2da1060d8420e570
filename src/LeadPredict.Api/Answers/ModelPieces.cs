using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using LeadPredict.Artifacts;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Api.Answers;

/// <summary>What all answers of one model have in common, as bytes of JSON, made once. Immutable.</summary>
internal sealed class ModelPieces
{
    private static readonly ConditionalWeakTable<CompiledModel, ModelPieces> Known = [];

    private ModelPieces(CompiledModel compiled)
    {
        ModelArtifact model = compiled.Model;
        string stamp = $",\"model\":{{\"name\":{Quoted(model.Name)},\"version\":{model.Version},\"hash\":{Quoted(model.Hash)}}},\"probabilities\":{{\"sql\":";
        Stamps = [.. Enum.GetNames<Stage>().Select(stage => Bytes($",\"stage\":\"{stage}\"{stamp}"))];
        Features = [.. Enumerable.Range(0, compiled.Extractor.Count).Select(feature => Bytes($"{{\"feature\":{Quoted(compiled.ReasonOf(feature))},\"value\":"))];
        LoggedFeatures = [.. Enumerable.Range(0, compiled.Extractor.Count).Select(feature => Bytes($"[{Quoted(compiled.ReasonOf(feature))},"))];
        if (compiled.Scorecard?.Definition is not { } card)
        {
            return;
        }

        Card = Bytes($",\"scorecard\":{{\"version\":{card.Version},\"points\":");
        Rules = [.. card.Groups.SelectMany(group => group.Rules.Select(rule => Bytes($"{{\"rule\":{Quoted(rule.Name)},\"group\":{Quoted(group.Title)},\"points\":")))];
        LoggedRules = [.. card.Groups.SelectMany(group => group.Rules.Select(rule => Bytes($"[{Quoted(rule.Name)},")))];
        LoggedCriteria = [.. card.SqlCriteria.Select(criterion => Bytes($"[{Quoted(criterion.Name)},\""))];
        Met = [.. card.SqlCriteria.Select(criterion => Bytes($"{{\"name\":{Quoted(criterion.Name)},\"met\":true,\"because\":\""))];
        Unmet = [.. card.SqlCriteria.Select(criterion => Bytes($"{{\"name\":{Quoted(criterion.Name)},\"met\":false,\"because\":{Quoted(criterion.Needs)}}}"))];
    }

    /// <summary>By stage: from the stage to the first probability.</summary>
    public byte[][] Stamps { get; }

    /// <summary>By feature of the schema: from a reason's beginning to its value.</summary>
    public byte[][] Features { get; }

    /// <summary>From the scorecard's beginning to its points.</summary>
    public byte[] Card { get; } = [];

    /// <summary>By rule of the card: from an item's beginning to its points.</summary>
    public byte[][] Rules { get; } = [];

    /// <summary>By criterion: what holds, up to the evidence.</summary>
    public byte[][] Met { get; } = [];

    /// <summary>By criterion: what does not hold, whole.</summary>
    public byte[][] Unmet { get; } = [];

    /// <summary>By feature: how a reason begins in the log.</summary>
    public byte[][] LoggedFeatures { get; }

    /// <summary>By rule: how an item begins in the log.</summary>
    public byte[][] LoggedRules { get; } = [];

    /// <summary>By criterion: how one that holds begins in the log, up to the evidence.</summary>
    public byte[][] LoggedCriteria { get; } = [];

    /// <summary>The pieces of a model.</summary>
    public static ModelPieces Of(CompiledModel model) => Known.TryGetValue(model, out ModelPieces? pieces) ? pieces : Known.GetValue(model, compiled => new(compiled));

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}

using System.Security.Cryptography;
using LeadPredict.Artifacts.Import;

namespace LeadPredict.Training.ImportModel;

/// <summary>A model file that is to be imported, read and named by its content.</summary>
/// <param name="Model">What it holds.</param>
/// <param name="Sha256">The SHA-256 of its bytes in lower-case hexadecimal.</param>
internal sealed record ImportSource(XgBoostModel Model, string Sha256)
{
    public static ImportSource Open(string path)
    {
        XgBoostModel model = XgBoostModelReader.Read(path);
        using FileStream file = File.OpenRead(path);
        return new(model, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    /// <summary>What cards, metrics and answers say of it.</summary>
    public object Origin => new
    {
        learner = $"XGBoost {Model.Version}",
        sha256 = Sha256,
        trees = Model.Trees.Length,
        columns = Model.Features.Length,
    };

    /// <summary>The same for a model card.</summary>
    public IReadOnlyList<(string Name, string Value)> Training =>
    [
        ("learner", $"XGBoost {Model.Version}, imported"),
        ("trees", FormattableString.Invariant($"{Model.Trees.Length}")),
        ("SHA-256 of the imported file", Sha256),
    ];

    /// <summary>What a person should know, a sentence each.</summary>
    public IReadOnlyList<string> Warnings => Model.BestRounds is { } best && best < Model.Rounds
        ?
        [
            $"Early stopping found {best} rounds best, the file holds {Model.Rounds}, and all of them count. "
            + $"To serve the best alone, save booster[:{best}] and import that.",
        ]
        : [];
}

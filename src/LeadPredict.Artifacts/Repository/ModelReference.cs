using System.Globalization;

namespace LeadPredict.Artifacts.Repository;

/// <summary>Which version of which model: <c>name</c> (its champion, or its newest version before any promotion), <c>name@3</c>, <c>name@champion</c> or <c>name@challenger</c>.</summary>
/// <param name="Name">A valid model name.</param>
/// <param name="Version">A version from 1, or null.</param>
/// <param name="Alias">The alias that says which version, or null; with neither it is the champion, or the newest before any promotion.</param>
public sealed record ModelReference(string Name, int? Version = null, ModelAlias? Alias = null)
{
    /// <summary>Reads <c>name</c>, <c>name@version</c> or <c>name@alias</c>.</summary>
    /// <exception cref="ModelReferenceException">It is none of these.</exception>
    public static ModelReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return new(ModelName.Check(text));
        }

        string name = ModelName.Check(text[..at]);
        string which = text[(at + 1)..];
        if (int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out int version) && version >= 1)
        {
            return new(name, version);
        }

        return which switch
        {
            "champion" => new(name, null, ModelAlias.Champion),
            "challenger" => new(name, null, ModelAlias.Challenger),
            _ => throw new ModelReferenceException(
                $"'{(which.Length <= 40 ? which : which[..40] + "...")}' after '{name}@'; expected a version such as 3, 'champion' or 'challenger'"),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => (Version, Alias) switch
    {
        ({ } version, _) => string.Create(CultureInfo.InvariantCulture, $"{Name}@{version}"),
        (_, ModelAlias.Champion) => $"{Name}@champion",
        (_, ModelAlias.Challenger) => $"{Name}@challenger",
        _ => Name,
    };
}

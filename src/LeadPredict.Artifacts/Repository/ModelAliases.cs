using System.Collections.Immutable;

namespace LeadPredict.Artifacts.Repository;

/// <summary>The names that move from version to version.</summary>
public enum ModelAlias
{
    /// <summary>The version that answers.</summary>
    Champion = 0,

    /// <summary>The version that is tried beside it.</summary>
    Challenger = 1,
}

/// <summary>Which versions of a model are champion and challenger. Immutable.</summary>
/// <param name="Champion">The champion's version, or null before the first promotion.</param>
/// <param name="Challenger">The challenger's version, or null.</param>
/// <param name="PreviousChampions">Earlier champions, oldest first: what rolling back returns to, from the end. At most 100 are kept.</param>
public sealed record ModelAliases(int? Champion, int? Challenger, ImmutableArray<int> PreviousChampions)
{
    /// <summary>How many earlier champions are remembered.</summary>
    public const int HistoryLength = 100;

    /// <summary>Before any promotion.</summary>
    public static ModelAliases None { get; } = new(null, null, []);

    /// <summary>The version that an alias names, or null.</summary>
    public int? this[ModelAlias alias] => alias == ModelAlias.Champion ? Champion : Challenger;

    /// <summary>The aliases after a version is made champion or challenger. A challenger that becomes champion is challenger no more.</summary>
    public ModelAliases Promoted(int version, ModelAlias alias)
    {
        if (alias == ModelAlias.Challenger)
        {
            return this with { Challenger = version };
        }

        if (Champion == version)
        {
            return this;
        }

        ImmutableArray<int> previous = Champion is { } old ? PreviousChampions.Add(old) : PreviousChampions;
        return new(version, Challenger == version ? null : Challenger, previous.Length > HistoryLength ? previous.RemoveAt(0) : previous);
    }

    /// <summary>The aliases after the last promotion of a champion is taken back, or null when there is none to return to. Nobody is challenger of itself.</summary>
    public ModelAliases? RolledBack() => PreviousChampions.IsEmpty
        ? null
        : new(PreviousChampions[^1], Challenger == PreviousChampions[^1] ? null : Challenger, PreviousChampions.RemoveAt(PreviousChampions.Length - 1));

    /// <summary>The largest version that is named, 0 where none is.</summary>
    internal int Newest => PreviousChampions.Append(Champion ?? 0).Append(Challenger ?? 0).Max();
}

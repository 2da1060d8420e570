using LeadPredict.Artifacts.Repository;

namespace LeadPredict.Artifacts;

public sealed partial class ModelRepository
{
    /// <summary>Which versions are champion and challenger; <see cref="ModelAliases.None"/> before any promotion.</summary>
    /// <exception cref="ModelFormatException"><c>aliases.json</c> cannot be read.</exception>
    public ModelAliases Aliases(string name) => AliasStore(name).Read();

    /// <summary>Makes a version champion or challenger, after reading it whole: a damaged version is never promoted.</summary>
    /// <returns>The aliases as they are now.</returns>
    /// <exception cref="ModelReferenceException">There is no such version, it is of another kind than the champion, or the champion is to be its own challenger.</exception>
    /// <exception cref="ModelFolderException">The folder cannot be written.</exception>
    /// <inheritdoc cref="Load(string, int)" path="/exception"/>
    public async Task<ModelAliases> PromoteAsync(
        string name, int version, ModelAlias alias = ModelAlias.Champion, CancellationToken cancellation = default)
    {
        ArtifactKind kind = Load(name, version).Kind;
        return await AliasStore(name).ChangeAsync(
            aliases =>
            {
                if (alias == ModelAlias.Challenger && aliases.Champion == version)
                {
                    throw new ModelReferenceException(
                        $"{name}@{version} is the champion, and would be tried beside itself; make another version the challenger, or promote another one first",
                        isConflict: true);
                }

                return aliases.Champion is { } champion && Summarize(name, champion, aliases, null).Kind is { } serves && serves != kind
                    ? throw new ModelReferenceException(
                        $"{name}@{version} was learned from {Source(kind)}, and the champion {name}@{champion} from {Source(serves)}: who asks it would get no answer; publish it under another name",
                        isConflict: true)
                    : aliases.Promoted(version, alias);
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Returns to the champion before the last promotion, after reading it whole.</summary>
    /// <exception cref="ModelReferenceException">There is no earlier champion.</exception>
    /// <exception cref="ModelFormatException">The earlier champion is damaged; the present one stays.</exception>
    /// <exception cref="ModelFolderException">The folder cannot be written.</exception>
    public async Task<ModelAliases> RollbackAsync(string name, CancellationToken cancellation = default)
    {
        if (Versions(name).Count == 0)
        {
            throw NotFound(name, "version");
        }

        return await AliasStore(name).ChangeAsync(
            aliases =>
            {
                ModelAliases back = aliases.RolledBack()
                    ?? throw new ModelReferenceException($"model '{name}' has no earlier champion to return to; promote the version you want", isConflict: true);
                Load(name, back.Champion!.Value);
                return back;
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes the challenger away, so that none is tried beside the champion. The version stays.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="version">The challenger that is meant; null for whichever it is.</param>
    /// <param name="cancellation">Stops before anything is written.</param>
    /// <returns>The aliases as they are now.</returns>
    /// <exception cref="ModelReferenceException">There is no such model, it has no challenger, or another one.</exception>
    /// <exception cref="ModelFormatException"><c>aliases.json</c> cannot be read.</exception>
    /// <exception cref="ModelFolderException">The folder cannot be written.</exception>
    public async Task<ModelAliases> DismissChallengerAsync(string name, int? version = null, CancellationToken cancellation = default)
    {
        if (Versions(name).Count == 0)
        {
            throw NotFound(name, "version");
        }

        return await AliasStore(name).ChangeAsync(
            aliases => aliases.Challenger is not { } challenger ? throw new ModelReferenceException($"model '{name}' has no challenger to take away")
                : version is { } meant && meant != challenger ? throw new ModelReferenceException($"the challenger of model '{name}' is version {challenger}, not {meant}", isConflict: true)
                : aliases with { Challenger = null },
            cancellation).ConfigureAwait(false);
    }
}

using System.Globalization;
using LeadPredict.Artifacts.Format;
using LeadPredict.Artifacts.Repository;

namespace LeadPredict.Artifacts;

/// <summary>Published models in a folder: <c>root/name/version/</c>. Versions are integers from 1 and never change.</summary>
/// <remarks>
/// Safe to use from many threads and processes at once. Publishing writes aside, flushes and renames: a crash at any point leaves the old
/// or the new, whole. The aliases are another file, replaced whole; see <see cref="PromoteAsync"/>.
/// </remarks>
public sealed partial class ModelRepository
{
    /// <summary>Opens a repository; the folder need not be there yet.</summary>
    /// <param name="root">The folder, for example <c>models</c>.</param>
    public ModelRepository(string root)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        Root = root;
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>Publishes a draft as the next version of its name.</summary>
    /// <param name="draft">A model that fits together; it is read back before it gets its name.</param>
    /// <param name="cancellation">Stops before the rename; nothing is left.</param>
    /// <returns>The version, one more than the highest that is there or that an alias names. Two publishers at once get different versions.</returns>
    /// <exception cref="ModelReferenceException">The name is not valid, or its versions are of another kind; nothing was written.</exception>
    /// <exception cref="ModelFormatException">The draft does not fit together; nothing was written.</exception>
    /// <exception cref="ModelFolderException">The folder cannot be written.</exception>
    public async Task<int> PublishAsync(ArtifactDraft draft, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        CheckKind(draft.Name, draft.Kind);
        SortedDictionary<string, byte[]> files = ArtifactCodec.Write(draft);
        ArtifactCodec.Read(draft.Name, 1, file => file, (file, _) => files[file]);

        StagingFolder.RemoveStale(Root);
        using StagingFolder staging = Stage();
        foreach ((string file, byte[] bytes) in files)
        {
            await DurableFiles.WriteAsync(Path.Combine(staging.Path, file), bytes, cancellation).ConfigureAwait(false);
        }

        DurableFiles.FlushFolder(staging.Path);
        string folder = Path.Combine(Root, draft.Name);
        Directory.CreateDirectory(folder);
        DurableFiles.FlushFolder(Root);
        cancellation.ThrowIfCancellationRequested();
        int version = VersionFolders.Add(staging.Path, folder, Aliases(draft.Name).Newest);
        DurableFiles.FlushFolder(folder);
        return version;
    }

    /// <summary>
    /// Checks before much work goes into a model that it can be published: that its name is for models of its kind, since who asks a name for leads must not get one that
    /// knows rows of a table alone, and that the folder can be written where it is there.
    /// </summary>
    /// <exception cref="ModelReferenceException">The name is not valid, or its versions are of another kind.</exception>
    /// <exception cref="ModelFormatException"><c>aliases.json</c> cannot be read, so that nothing new could be promoted.</exception>
    /// <exception cref="ModelFolderException">The folder cannot be written.</exception>
    public void CheckPublishing(string name, ArtifactKind kind)
    {
        CheckKind(name, kind);
        if (Directory.Exists(Root))
        {
            Stage().Dispose();
        }
    }

    /// <summary>Reads a version whole and checks every file of it.</summary>
    /// <exception cref="ModelReferenceException">There is no such model or version; the message says which there are.</exception>
    /// <exception cref="ModelFormatException">A file is missing, damaged or of another format; it is named.</exception>
    public ModelArtifact Load(string name, int version)
    {
        ModelName.Check(name);
        string folder = VersionFolder(name, version);
        if (!Directory.Exists(folder))
        {
            throw NotFound(name, string.Create(CultureInfo.InvariantCulture, $"version {version}"));
        }

        return ArtifactCodec.Read(name, version, file => Path.Combine(folder, file), (file, most) => ModelFile.Read(Path.Combine(folder, file), most));
    }

    /// <summary>Reads the version that a reference names.</summary>
    /// <inheritdoc cref="Load(string, int)" path="/exception"/>
    public ModelArtifact Load(ModelReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return Load(reference.Name, Resolve(reference));
    }

    /// <summary>The version that a reference names; the version itself is not looked at.</summary>
    /// <exception cref="ModelReferenceException">There is no such model, or its alias is not set.</exception>
    /// <exception cref="ModelFormatException"><c>aliases.json</c> cannot be read.</exception>
    public int Resolve(ModelReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.Version is { } version)
        {
            return version;
        }

        ModelAliases aliases = Aliases(reference.Name);
        return reference.Alias is { } alias
            ? aliases[alias] ?? throw NotFound(reference.Name, alias == ModelAlias.Champion ? "champion" : "challenger")
            : aliases.Champion ?? (Versions(reference.Name) is [.., var newest] ? newest : throw NotFound(reference.Name, "version"));
    }

    /// <summary>The names that have at least one version, in ordinal order; none while the folder is not there.</summary>
    /// <exception cref="ModelFolderException">The folder, or one in it, cannot be read.</exception>
    public IReadOnlyList<string> Names()
    {
        try
        {
            // Unlike the question whether the folder is there, this throws where it may not be looked at.
            if (!File.GetAttributes(Root).HasFlag(FileAttributes.Directory))
            {
                throw ModelFolderException.Reading(Root, "it is a file");
            }

            return [.. Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)!).Where(ModelName.IsValid)
                .Where(name => Versions(name).Count > 0).Order(StringComparer.Ordinal)];
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or IOException)
        {
            throw ModelFolderException.Reading(Root, closed.Message.TrimEnd('.'), closed);
        }
    }

    /// <summary>The versions of a model in rising order; empty when there is no such model.</summary>
    /// <exception cref="ModelReferenceException">The name is not valid.</exception>
    /// <exception cref="ModelFolderException">The model's folder cannot be read.</exception>
    public IReadOnlyList<int> Versions(string name)
    {
        string folder = Path.Combine(Root, ModelName.Check(name));
        try
        {
            return VersionFolders.In(folder);
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or IOException)
        {
            throw ModelFolderException.Reading(folder, closed.Message.TrimEnd('.'), closed);
        }
    }

    private void CheckKind(string name, ArtifactKind kind)
    {
        Aliases(name);
        if (Versions(name) is [.., var newest] && Summarize(name, newest, ModelAliases.None, null).Kind is { } there && there != kind)
        {
            throw new ModelReferenceException(
                $"model '{name}' in {Root} was learned from {Source(there)}, and this one from {Source(kind)}: a name stands for one kind; choose another",
                isConflict: true);
        }
    }

    private StagingFolder Stage()
    {
        try
        {
            return StagingFolder.Create(Root);
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or IOException)
        {
            throw ModelFolderException.Writing(Root, closed);
        }
    }

    private static string Source(ArtifactKind kind) => kind == ArtifactKind.Table ? "a table" : "a lead history";

    private AliasStore AliasStore(string name) => new(Path.Combine(Root, ModelName.Check(name)));

    private string VersionFolder(string name, int version) => Path.Combine(Root, name, version.ToString(CultureInfo.InvariantCulture));

    private ModelReferenceException NotFound(string name, string which)
    {
        IReadOnlyList<int> versions = Versions(name);
        string there = versions.Count > 0
            ? $"model '{name}' in {Root} has version(s) {string.Join(", ", versions)}"
            : Names() is { Count: > 0 } names ? $"{Root} holds {string.Join(", ", names)}" : $"{Root} holds no model";
        string todo = versions.Count == 0 ? "train one, or name one that is there"
            : which == "challenger" ? "promote one as challenger, or name a version"
            : "promote one, or name a version";
        return new($"model '{name}' has no {which}: {there}; {todo}");
    }
}

using System.Globalization;
using LeadPredict.Storage;
using LeadPredict.Storage.Errors;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Outputs;

/// <summary>What a command reads or keeps and must not write over.</summary>
internal static class KeptFiles
{
    private const string Aliases = "aliases.json", Manifest = "manifest.json";

    // SQLite's own beside the file.
    private static readonly string[] StoreEnds = ["", "-wal", "-shm", "-journal"];

    /// <summary>Refuses an output that would take the place of a file that is read, of the store or of a model.</summary>
    /// <param name="option">The output's option.</param>
    /// <param name="target">The file to be written.</param>
    /// <param name="store">The store's connection.</param>
    /// <param name="models">The folder of the models; null where none are read.</param>
    /// <param name="read">The files that are read; null stands for none.</param>
    /// <exception cref="RefusalException">The output is one of them, by links of files or folders too.</exception>
    public static void RefuseToReplace(string option, string target, string store, string? models, params IEnumerable<string?> read)
    {
        OutputPlace place = OutputPlace.Of(target);
        string[] kept = StoreFile(store) is { } file ? [.. StoreEnds.Select(end => OutputPlace.Real(file) + end)] : [];
        if (read.OfType<string>().Concat(kept).Any(place.Takes) || (models is not null && IsOfAModel(target, models)))
        {
            throw new RefusalException($"{option} '{target}': it is read or kept by this command, and would be lost; expected another file");
        }
    }

    /// <summary>The store's file; null where the text names none: whoever opens the store says so, and whoever does not has nothing to lose.</summary>
    private static string? StoreFile(string store)
    {
        try
        {
            return HistoryStores.SqliteFile(store);
        }
        catch (StoreConnectionException)
        {
            return null;
        }
    }

    /// <summary>Whether a file lies where versions of models do, or says which of them are champion and challenger.</summary>
    private static bool IsOfAModel(string target, string models) =>
        Path.GetRelativePath(OutputPlace.Real(models), OutputPlace.Real(target)).Split(Path.DirectorySeparatorChar) switch
        {
            [var name, Aliases] => name != "..",
            [var name, var version, _] => int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out _) && File.Exists(Path.Combine(models, name, version, Manifest)),
            _ => false,
        };
}

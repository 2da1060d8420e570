using System.IO.Enumeration;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Import.Recipes;
using LeadPredict.Training.Outputs;

namespace LeadPredict.Training.Import.Running;

/// <summary>Which files an import reads, in which order, by which recipe.</summary>
internal sealed record ImportPlan(Recipe Recipe, IReadOnlyList<PlannedFile> Files)
{
    /// <summary>Files of rejects that earlier imports wrote into the folder; they are not read.</summary>
    public IReadOnlyList<string> RejectsOfBefore { get; private init; } = [];

    /// <summary>CSV files of the folder that fit no file of the recipe; where one file alone is imported, none.</summary>
    public IReadOnlyList<string> Unread { get; private init; } = [];

    /// <summary>Files of the recipe that may be missing and are; where one file alone is imported, none.</summary>
    public IReadOnlyList<string> Absent { get; private init; } = [];

    /// <summary>The recipe that is looked for beside the files.</summary>
    public const string RecipeFile = "recipe.yaml";

    /// <param name="path">A folder, or one file of it.</param>
    /// <param name="recipePath">The recipe; null takes <c>recipe.yaml</c> beside the files, or the built-in one for LeadPredict's own.</param>
    /// <param name="format">Keys of the recipe's format that are said otherwise.</param>
    public static ImportPlan Make(string path, string? recipePath, IReadOnlyDictionary<string, string>? format = null)
    {
        bool single = File.Exists(path);
        if (!single && !Directory.Exists(path))
        {
            throw new RefusalException($"there is no file or folder '{path}'; give the CSV file or the folder of CSV files to import");
        }

        string folder = single ? System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))! : path;
        Recipe recipe = Choose(folder, recipePath, format);
        bool below = Patterns(recipe).Any(pattern => pattern.Contains('/'));
        string[] names = [.. Directory.EnumerateFiles(folder, "*", below ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            .Select(file => System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];
        string[] rejects = single ? [] : [.. names.Where(name => IsWanted(recipe, name) && RejectsLog.Wrote(System.IO.Path.Combine(folder, name)))];
        names = [.. names.Except(rejects)];
        string? only = single ? System.IO.Path.GetFileName(path) : null;
        PlannedFile[] files = [.. recipe.Files.SelectMany(file => Plan(recipe, file, folder, names, only))];
        return files.Length > 0
            ? new(recipe, files)
            {
                RejectsOfBefore = rejects,
                Unread = single ? [] : [.. names.Where(name => name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && !IsWanted(recipe, name))],
                Absent = single ? [] : [.. Absentees(recipe, names).Distinct()],
            }
            : throw new RefusalException(
                $"'{path}' fits no file of {recipe.Name}, which reads {string.Join(", ", recipe.Files.Select(file => file.Pattern))}");
    }

    /// <summary>Refuses to write where something is that the import reads, or the store that it writes to.</summary>
    /// <param name="target">The file to be written.</param>
    /// <param name="store">The store's connection.</param>
    /// <exception cref="RefusalException">The file is one of them.</exception>
    public void RefuseToWrite(string target, string store) => KeptFiles.RefuseToReplace(
        "--rejects", target, store, models: null, Files.SelectMany(file => file.Joins.Select(join => join.Path).Append(file.Path)).Append(Recipe.Name));

    private static bool IsWanted(Recipe recipe, string name) =>
        recipe.Files.Any(file => IsOf(file, name) || file.Joins.Any(join => Fits(join.Pattern, name)));

    private static bool IsOf(FileRecipe file, string name) => Fits(file.Pattern, name) && !file.Except.Any(pattern => Fits(pattern, name));

    private static IEnumerable<string> Absentees(Recipe recipe, string[] names) => recipe.Files.Where(file => !names.Any(name => IsOf(file, name))).Select(file => file.Pattern)
        .Concat(recipe.Files.SelectMany(file => file.Joins).Select(join => join.Pattern).Where(pattern => Matching(pattern, names).Length == 0));

    private static IEnumerable<string> Patterns(Recipe recipe) => recipe.Files.SelectMany(file => file.Joins.Select(join => join.Pattern).Prepend(file.Pattern));

    private static Recipe Choose(string folder, string? recipePath, IReadOnlyDictionary<string, string>? format)
    {
        if (recipePath is not null)
        {
            return RecipeReader.ReadFile(recipePath, format);
        }

        string beside = System.IO.Path.Combine(folder, RecipeFile);
        if (File.Exists(beside))
        {
            return RecipeReader.ReadFile(beside, format);
        }

        return File.Exists(System.IO.Path.Combine(folder, NativeRecipe.LeadsFile))
            ? NativeRecipe.Read(format)
            : throw new RefusalException(
                $"'{folder}' has no {RecipeFile} and is no folder of LeadPredict's own files (no {NativeRecipe.LeadsFile});"
                + " say with --recipe how its columns become leads (docs/import.md shows how),"
                + $" or name one that is shipped: {string.Join(", ", ShippedRecipes.Names)}");
    }

    private static IEnumerable<PlannedFile> Plan(Recipe recipe, FileRecipe file, string folder, string[] names, string? only)
    {
        string[] found = [.. names.Where(name => IsOf(file, name) && (only is null || name == only))];
        if (found.Length == 0 && only is null && !file.Optional)
        {
            throw new RecipeException(recipe.Name, [new(
                file.Place.Line, file.Place.Column, $"no file in '{folder}' fits '{file.Pattern}'; mark it 'optional: true' if it may be missing")]);
        }

        IEnumerable<JoinRecipe> wanted = file.Joins.Where(join => !join.Optional || Matching(join.Pattern, names).Length > 0);
        (JoinRecipe, string, string)[] joins = found.Length == 0 ? [] : [.. wanted.Select(join => Matching(join.Pattern, names) switch
        {
            [var name] => (join, System.IO.Path.Combine(folder, name), name),
            var several => throw new RecipeException(recipe.Name, [new(
                join.Place.Line, join.Place.Column, $"{several.Length} files in '{folder}' fit '{join.Pattern}'; a join needs exactly one")]),
        })];
        return found.Select(name => new PlannedFile(System.IO.Path.Combine(folder, name), name, file, joins));
    }

    private static string[] Matching(string pattern, string[] names) =>
        [.. names.Where(name => Fits(pattern, name))];

    private static bool Fits(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(pattern, name) && pattern.Count(c => c == '/') == name.Count(c => c == '/');
}

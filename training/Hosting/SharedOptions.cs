using System.CommandLine;

namespace LeadPredict.Training.Hosting;

/// <summary>The options that several commands share, so that name, default and help have one source.</summary>
internal static class SharedOptions
{
    /// <summary>The environment variable that sets <c>--store</c>.</summary>
    public const string StoreVariable = "LEADPREDICT_STORE";

    /// <summary>The store that is used when nothing is said.</summary>
    public const string DefaultStore = "sqlite:leadpredict.db";

    public static Option<string> Store() => new("--store")
    {
        Description = "The lead history: sqlite:FILE, or PostgreSQL as 'Host=...;Database=...' or postgresql://user@host/database. "
            + $"Default: ${StoreVariable}, or {DefaultStore}. A password belongs in ${StoreVariable}, PGPASSWORD or PGPASSFILE: "
            + "command lines are seen by all users of a machine.",
        DefaultValueFactory = result => EnvironmentText.Read(StoreVariable) is not { } set ? DefaultStore
            : result.Parent is null ? "$" + StoreVariable // asked by the help page, which must not print a password
            : set,
    };

    public static Option<string> Models() => new("--models")
    {
        Description = "The folder of the model repository.",
        DefaultValueFactory = _ => "models",
    };

    public static Option<string> Model() => new("--model")
    {
        Description = "A model: NAME (its champion, or its newest version), NAME@VERSION or NAME@ALIAS.",
        Required = true,
    };

    public static Option<int> Seed() => new("--seed")
    {
        Description = "Seed of all randomness; the same input, options and seed give the same bytes.",
        DefaultValueFactory = _ => 1,
    };

    public static Option<string[]> Drop() => new("--drop")
    {
        Description = "Columns or attributes to leave out, separated by commas; may be repeated. A name that has a comma stands alone in an option.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    public static Option<string[]> AcceptLeak() => new("--accept-leak")
    {
        Description = "Columns or attributes that the leak guard names and that you know to be honest, separated by commas; may be repeated. A name that has a comma stands alone in an option.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    /// <summary>Splits comma-separated lists into trimmed names.</summary>
    /// <param name="values">What was given.</param>
    /// <param name="known">Names that may have commas: a value that is one of them, in whatever case, is not split. Default: none.</param>
    public static string[] Names(string[]? values, IEnumerable<string>? known = null)
    {
        var whole = new HashSet<string>(known ?? [], StringComparer.OrdinalIgnoreCase);
        return
        [
            .. (values ?? []).SelectMany(value => whole.Contains(value.Trim())
                ? [value.Trim()]
                : value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        ];
    }

    /// <summary>The names of a history, which are not known before it is read: those that each value lists, and beside them the value as it stands, for a name with a comma or with blanks around it.</summary>
    public static string[] NamesOfHistory(string[]? values) =>
    [
        .. (values ?? []).Where(value => !string.IsNullOrWhiteSpace(value)).SelectMany(value => Names([value]).Append(value)).Distinct(StringComparer.OrdinalIgnoreCase),
    ];
}

namespace LeadPredict.Training.Hosting;

/// <summary>Variables of the environment.</summary>
internal static class EnvironmentText
{
    /// <summary>The variable's value without the line end that a secret from a file brings along; null where it is not set or empty.</summary>
    public static string? Read(string name) => Environment.GetEnvironmentVariable(name)?.TrimEnd('\r', '\n') is { Length: > 0 } value ? value : null;

    /// <summary>What stands in the variable, apart by blanks or lines; empty where it is not set.</summary>
    public static string[] Words(string name) => (Environment.GetEnvironmentVariable(name) ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}

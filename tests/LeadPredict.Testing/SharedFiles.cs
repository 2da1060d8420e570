namespace LeadPredict.Testing;

/// <summary>Where the repository and the real data beside it lie.</summary>
public static class SharedFiles
{
    /// <summary>The folder of LeadPredict.sln, found by searching upward from the test's own folder.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The folder of the real data; it may be missing.</summary>
    public static string DataFolder { get; } = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", "data"));

    /// <summary>Why tests on real data are skipped, or null when the data is there.</summary>
    public static string? SkipReason { get; } = Directory.Exists(DataFolder)
        ? null
        : "needs the real data in ../shared/data, which is not here";

    /// <summary>A file of the repository, for example <c>Repository("data-samples", "leads.csv")</c>.</summary>
    public static string Repository(params string[] parts) => Path.Combine([RepositoryRoot, .. parts]);

    /// <summary>A file of the real data, for example <c>Real("raw", "olist_mql.csv")</c>.</summary>
    public static string Real(params string[] parts) => Path.Combine([DataFolder, .. parts]);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LeadPredict.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no LeadPredict.sln in {AppContext.BaseDirectory} or any folder above it");
    }
}

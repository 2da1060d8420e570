namespace LeadPredict.Storage.Tests.Sqlite;

/// <summary>A folder for one test's store files, gone afterwards.</summary>
public sealed class StoreFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-store-");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public string Connection(string name) => "sqlite:" + File(name);

    public void Dispose() => _folder.Delete(recursive: true);
}

using System.Diagnostics;
using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.EndToEnd;

/// <summary>A folder of models that belongs to the service's user, in which root works too.</summary>
public sealed class OtherUserTests : IDisposable
{
    private const string Nobody = "65534";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-user-");

    private string Models => _folder.FullName;

    private string Aliases => Path.Combine(Models, "leads", "aliases.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [RootFact]
    public async Task Promote_AfterRootDid_IsStillTheOwners()
    {
        Run("cp", "-r", SharedFiles.Repository("models") + "/.", Models).Code.ShouldBe(0);
        Run("chown", "-R", Nobody, Models).Code.ShouldBe(0);
        (await ConsoleRun.Of("promote", "--model", "leads@1", "--models", Models)).ExitCode.ShouldBe(0);

        File.Delete(Aliases);
        (int code, string error) = AsNobody("promote", "--model", "leads@1", "--models", Models);

        code.ShouldBe(0, error);
        File.Exists(Aliases).ShouldBeTrue();
    }

    [RootFact]
    public void Train_WhereNothingCanBePublished_IsRefusedBeforeItLearns()
    {
        string table = Path.Combine(Models, "t.csv");
        File.WriteAllLines(table, ["visits,won", .. Enumerable.Range(0, 90).Select(i => $"{i % 7},{i % 3 / 2}")]);
        string closed = Path.Combine(Models, "closed");
        Directory.CreateDirectory(closed);
        Run("chmod", "-R", "a+rX", Models).Code.ShouldBe(0);

        (int code, string error) = AsNobody("train", "--table", table, "--label", "won", "--models", closed, "--name", "t");

        code.ShouldBe(1, error);
        error.ShouldContain($"The folder of models {closed} cannot be written");
        error.ShouldNotContain("screening");
    }

    private static (int Code, string Error) AsNobody(params string[] command) =>
        Run("setpriv", [$"--reuid={Nobody}", "--clear-groups", "dotnet", Path.Combine(AppContext.BaseDirectory, "leadpredict.dll"), .. command]);

    private static (int Code, string Error) Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    private static bool MayBeAnother()
    {
        try
        {
            return OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
                && Run("setpriv", $"--reuid={Nobody}", "--clear-groups", "test", "-r", Path.Combine(AppContext.BaseDirectory, "leadpredict.dll")).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private sealed class RootFactAttribute : FactAttribute
    {
        public RootFactAttribute() => Skip = MayBeAnother() ? null : "needs root, setpriv, and a build that others may read";
    }
}

using LeadPredict.Storage;
using LeadPredict.Testing;

namespace LeadPredict.Training.Tests.Hosting;

public sealed class RefusalTests
{
    [Fact]
    public async Task Train_NameThatIsNone_IsRefusedBeforeAnythingIsLearnt()
    {
        // The table is not there, so whoever looks at it first tells of that instead.
        ConsoleRun run = await ConsoleRun.Of("train", "--table", "no-such-table.csv", "--label", "won", "--name", "Bad Name", "--models", Path.GetTempPath());

        (run.ExitCode, run.Out).ShouldBe((1, ""));
        run.Error.ShouldContain("model name 'Bad Name'; expected 1 to 64 of a-z");
    }

    [Fact]
    public async Task Serve_AddressThatIsNone_IsRefusedAsWhatItIs()
    {
        ConsoleRun run = await ConsoleRun.Of("serve", "--urls", "foo", "--models", SharedFiles.Repository("models"), "--store", "sqlite:" + Path.Combine(Path.GetTempPath(), "no-such-store.db"));

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("cannot serve: 'foo' is no address to listen on; expected one such as http://127.0.0.1:5080");
    }

    [FullDeviceFact]
    public async Task Report_DiskThatIsFull_IsARefusalNotABug()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("leadpredict-full-");
        string store = "sqlite:" + Path.Combine(folder.FullName, "h.db");
        await using (await HistoryStores.OpenAsync(store, create: true))
        {
        }

        ConsoleRun run = await ConsoleRun.Of("report", "--store", store, "--models", SharedFiles.Repository("models"), "--out", FullDeviceFactAttribute.Device);
        folder.Delete(recursive: true);

        run.ExitCode.ShouldBe(1, run.Error);
        run.Error.ShouldContain("No space left on device");
    }

    /// <summary>Needs the device of Linux that is always full.</summary>
    private sealed class FullDeviceFactAttribute : FactAttribute
    {
        public const string Device = "/dev/full";

        public FullDeviceFactAttribute() => Skip = File.Exists(Device) ? null : $"there is no {Device}";
    }
}

using System.Text;
using LeadPredict.Storage;
using LeadPredict.Testing;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Import.Recipes;
using LeadPredict.Training.Serve;

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

    [Fact]
    public async Task Serve_AddressOfAnotherMachine_IsARefusalNotABug()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("leadpredict-address-");

        // RFC 5737 keeps this network for documents: no machine has it.
        ConsoleRun run = await ConsoleRun.Of(
            "serve", "--urls", "http://192.0.2.1:6173", "--models", SharedFiles.Repository("models"), "--create-store", "--store", "sqlite:" + Path.Combine(folder.FullName, "h.db"));
        folder.Delete(recursive: true);

        run.ExitCode.ShouldBe(1, run.Error);
        run.Error.ShouldContain("cannot listen on http://192.0.2.1:6173");
    }

    [Theory]
    [InlineData("secret\n", "secret")]
    [InlineData("secret\r\n", "secret")]
    [InlineData(" a secret ", " a secret ")]
    [InlineData("\n", null)]
    public void Variable_ThatEndsALine_IsReadWithoutTheEnd(string set, string? read)
    {
        const string Name = "LEADPREDICT_OF_A_TEST";
        Environment.SetEnvironmentVariable(Name, set);
        EnvironmentText.Read(Name).ShouldBe(read);
        Environment.SetEnvironmentVariable(Name, null);
    }

    [Fact]
    public void Texts_InAnotherEncoding_AreRefusedWithTheirPlace()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "description: caf\u00e9\nfiles: {}\n", Encoding.Latin1);
        string expected = $"'{file}' has the byte E9 in line 1, which is not UTF-8";
        Should.Throw<RefusalException>(() => RecipeReader.ReadFile(file)).Message.ShouldStartWith(expected);
        Should.Throw<RefusalException>(() => IngestSettings.Read(file)).Message.ShouldStartWith(expected);
        File.Delete(file);
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

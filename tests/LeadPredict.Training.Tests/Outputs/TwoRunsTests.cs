using LeadPredict.Training.Hosting;
using LeadPredict.Training.Outputs;
using LeadPredict.Training.Score;

namespace LeadPredict.Training.Tests.Outputs;

/// <summary>Two runs that write the same file at the same time: the second is refused, and the first ends as if alone.</summary>
public sealed class TwoRunsTests : IDisposable
{
    private const string Refused = "another run writes ";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-two-runs-");
    private readonly ConsoleHost _host = new(TextWriter.Null, TextWriter.Null, TimeProvider.System);

    private string Output => Path.Combine(_folder.FullName, "scores.csv");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Write_WhileAnotherRunWrites_IsRefusedAndTheOtherIsWhole()
    {
        await AtomicFile.WriteAsync(Output, async stream =>
        {
            await stream.WriteAsync("first\n"u8.ToArray());
            (await Should.ThrowAsync<RefusalException>(() => AtomicFile.WriteAsync(Output, _ => Task.FromResult(0)))).Message.ShouldStartWith(Refused + Output);
            return 0;
        });

        (await File.ReadAllTextAsync(Output)).ShouldBe("first\n");
        Directory.GetFiles(_folder.FullName).ShouldBe([Output]);
    }

    [Fact]
    public async Task Write_ThatFails_LeavesWhatWasThere()
    {
        await File.WriteAllTextAsync(Output, "before\n");

        await Should.ThrowAsync<RefusalException>(() => AtomicFile.WriteAsync<int>(Output, _ => throw new RefusalException("no")));

        (await File.ReadAllTextAsync(Output)).ShouldBe("before\n");
        Directory.GetFiles(_folder.FullName).ShouldBe([Output]);
    }

    [Fact]
    public async Task Resumable_WhileAnotherRunWrites_IsRefusedAndTheOthersCheckpointStays()
    {
        await using ResumableFile first = Open(resume: false);
        await first.WriteAsync("first\n"u8.ToArray(), 1, default);
        await first.KeepAsync(default);
        string[] files = Directory.GetFiles(_folder.FullName);

        Should.Throw<RefusalException>(() => Open(resume: false)).Message.ShouldStartWith(Refused + Output);
        Should.Throw<RefusalException>(() => Open(resume: true)).Message.ShouldStartWith(Refused + Output);

        Directory.GetFiles(_folder.FullName).ShouldBe(files);
        await first.CompleteAsync();
        (await File.ReadAllTextAsync(Output)).ShouldBe("first\n");
        Directory.GetFiles(_folder.FullName).ShouldBe([Output]);
    }

    private ResumableFile Open(bool resume) => ResumableFile.Open(Output, "hash", typeof(TwoRunsTests).Assembly.Location, resume, _host);
}

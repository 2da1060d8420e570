using System.Diagnostics;
using System.Text;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Score;

namespace LeadPredict.Training.Tests.Score;

/// <summary>Of what comes from a pipe nobody can say whether the same comes again: it leaves no checkpoint, and none is gone on with.</summary>
public sealed class ResumedPipeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadpredict-pipe-");
    private readonly ConsoleHost _host = new(TextWriter.Null, TextWriter.Null, TimeProvider.System);

    private string Out => Path.Combine(_folder.FullName, "out.csv");

    public void Dispose() => _folder.Delete(recursive: true);

    [LinuxFact]
    public async Task Output_OfAPipe_LeavesNoCheckpointAndIsNotGoneOnWith()
    {
        string pipe = Path.Combine(_folder.FullName, "in.csv");
        using (Process made = Process.Start("mkfifo", pipe))
        {
            await made.WaitForExitAsync();
        }

        await using (ResumableFile output = ResumableFile.Open(Out, "m", pipe, resume: false, _host))
        {
            await output.WriteAsync(Encoding.UTF8.GetBytes("a,probability\n1,0.5\n"), 1, CancellationToken.None);
            await output.KeepAsync(CancellationToken.None);
        }

        File.Exists(Out + ".part").ShouldBeTrue();
        File.Exists(Out + ".part.json").ShouldBeFalse();
        Should.Throw<RefusalException>(() => ResumableFile.Open(Out, "m", pipe, resume: true, _host)).Message
            .ShouldBe($"--resume goes on with a file, and {pipe} is none; leave it out, or give --in a file");
    }
}

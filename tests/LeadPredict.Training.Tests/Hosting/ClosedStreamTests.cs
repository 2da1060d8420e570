using System.Text;
using LeadPredict.Testing;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Tests.Hosting;

/// <summary>Standard output and standard error that are closed, full, or of a terminal that is gone.</summary>
public sealed class ClosedStreamTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("train --help")]
    [InlineData("--version")]
    [InlineData("trian")]
    [InlineData("scorecard check no-such-file.yaml")]
    public async Task Program_WithNothingToWriteTo_EndsWithOne(string arguments)
    {
        foreach (Exception fault in new Exception[] { new IOException("No space left on device"), new UnauthorizedAccessException("closed") })
        {
            await using var closed = new ClosedWriter(fault);
            (await Program.RunAsync(arguments.Split(' '), new ConsoleHost(closed, closed, TimeProvider.System))).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Help_OutputThatIsFull_SaysSo()
    {
        await using var closed = new ClosedWriter(new IOException("No space left on device"));
        await using var error = new StringWriter();
        (await Program.RunAsync(["--help"], new ConsoleHost(closed, error, TimeProvider.System))).ShouldBe(1);
        error.ToString().Trim().ShouldBe("cannot write to standard output: No space left on device");
    }

    [Fact]
    public async Task Command_OutputThatIsClosed_SaysSo()
    {
        await using var closed = new ClosedWriter(new UnauthorizedAccessException("Access to the path is denied."));
        await using var error = new StringWriter();
        (await Program.RunAsync(["models", "--models", SharedFiles.Repository("models")], new ConsoleHost(closed, error, TimeProvider.System))).ShouldBe(1);
        error.ToString().Trim().ShouldBe("Standard output cannot be written; is it closed?");
    }
}

/// <summary>A stream that takes nothing.</summary>
internal sealed class ClosedWriter(Exception fault) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => throw fault;
}

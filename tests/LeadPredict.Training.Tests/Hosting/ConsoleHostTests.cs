using System.Text.Json;
using LeadPredict.Training.Hosting;
using Spectre.Console;

namespace LeadPredict.Training.Tests.Hosting;

/// <summary>What others wrote does not steer the terminal of those who read it; results for programs are what they are.</summary>
public sealed class ConsoleHostTests : IDisposable
{
    private const string Foreign = "web\u001b[2J\u009b\u202e";
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly ConsoleHost _host;

    public ConsoleHostTests() => _host = new(_output, _error, TimeProvider.System);

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Lines_OfForeignText_KeepTheirEndsAndTabsAlone()
    {
        _host.Out.WriteLine(Foreign + "\tb\nc");
        _host.Out.Write('\u0007');
        await _host.TellAsync(Foreign);
        _host.Warn(Foreign);

        _output.ToString().ReplaceLineEndings("\n").ShouldBe("web [2J  \tb\nc\n ");
        _error.ToString().ReplaceLineEndings("\n").ShouldBe("web [2J  \nwarning: web [2J  \n");
    }

    [Fact]
    public void Table_OfForeignText_HasBlanksInstead()
    {
        _host.Render(new Table().AddColumn("source").AddRow(Markup.Escape(Foreign)));

        string drawn = _output.ToString();
        drawn.ShouldContain("web [2J");
        drawn.ShouldNotContain('\u001b');
        drawn.ShouldNotContain('\u009b');
        drawn.ShouldNotContain('\u202e');
        drawn.Split('\n').Length.ShouldBeGreaterThan(4);
    }

    [Fact]
    public void Results_ForPrograms_AreExact()
    {
        _host.WriteJson(new { Text = Foreign });

        JsonDocument.Parse(_output.ToString()).RootElement.GetProperty("text").GetString().ShouldBe(Foreign);
        _output.ToString().ShouldNotContain('\u001b');
    }
}

using System.Text;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Hosting;

/// <summary>Writes lines for people: what they quote of a history is text that anybody wrote, and may not steer the terminal.</summary>
/// <param name="inner">Where the lines go; stays open.</param>
internal sealed class HarmlessWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(HarmlessText.Lines(value.ToString()));

    public override void Write(char[] buffer, int index, int count) => inner.Write(HarmlessText.Lines(new(buffer, index, count)));

    public override void Write(ReadOnlySpan<char> buffer) => inner.Write(HarmlessText.Lines(new(buffer)));

    public override void Write(string? value) => inner.Write(Shown(value));

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(Shown(value));

    public override Task WriteLineAsync(string? value) => inner.WriteLineAsync(Shown(value));

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    private static string? Shown(string? value) => value is null ? null : HarmlessText.Lines(value);
}

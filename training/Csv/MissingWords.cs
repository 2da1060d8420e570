using LeadPredict.Funnel.Leads;

namespace LeadPredict.Training.Csv;

/// <summary>Words that stand for a missing value. They compare without case and surrounding blanks; the empty cell is always one.</summary>
internal sealed class MissingWords
{
    /// <summary>Those of <see cref="MissingText"/>.</summary>
    public static readonly MissingWords Default = new(MissingText.Usual);

    private readonly string[] _words;

    public MissingWords(IEnumerable<string> words) => _words = [.. words];

    public IReadOnlyList<string> Words => _words;

    /// <summary>Whether the cell says that nothing is known.</summary>
    public bool Contains(ReadOnlySpan<char> cell) => MissingText.Is(cell, _words);
}

using System.Globalization;
using System.Text;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train.Leaks;

/// <summary>What the leak guard found; one finding a column and suspicion, strongest first.</summary>
internal sealed record LeakReport(IReadOnlyList<Suspicion> Findings)
{
    public static readonly LeakReport Clean = new([]);

    /// <summary>The names that are suspicious, each once.</summary>
    public IReadOnlyList<string> Names => [.. Findings.Select(finding => finding.Name).Distinct(StringComparer.OrdinalIgnoreCase)];

    public LeakReport With(LeakReport other) => new([.. Findings, .. other.Findings]);

    /// <summary>Refuses to go on unless every suspicious name was accepted.</summary>
    /// <param name="accepted">The names that the user answers for.</param>
    /// <param name="hint">What else can be done, a sentence; none where null.</param>
    /// <exception cref="RefusalException">Names that were neither dropped nor accepted, with their figures.</exception>
    public void RefuseUnless(IReadOnlyList<string> accepted, string? hint = null)
    {
        string[] open = [.. Names.Except(accepted, StringComparer.OrdinalIgnoreCase)];
        if (open.Length == 0)
        {
            return;
        }

        var message = new StringBuilder("These columns seem to know the answer; a model trained on them would fail on tomorrow's leads:\n");
        foreach (Suspicion finding in Findings.Where(finding => open.Contains(finding.Name, StringComparer.OrdinalIgnoreCase)))
        {
            message.Append(CultureInfo.InvariantCulture, $"  {finding.Name}: {finding.Because}\n");
        }

        message.Append(CultureInfo.InvariantCulture, $"Leave them out with {Drops(open)}, or, where you know that a value was there before the outcome, keep it with --accept-leak.");
        throw new RefusalException((hint is null ? message : message.Append(' ').Append(hint)).ToString());
    }

    /// <summary>The options that drop these names; one with a comma, or with blanks around it, has an option of its own.</summary>
    private static string Drops(string[] names)
    {
        ILookup<bool, string> listed = names.ToLookup(name => SharedOptions.Names([name]).Contains(name));
        return string.Join(' ', listed[false].Prepend(string.Join(',', listed[true])).Where(value => value.Length > 0).Select(value => "--drop " + Quoted(value)));
    }

    /// <summary>As one word for a POSIX shell, in which single quotes keep all but themselves as it is.</summary>
    private static string Quoted(string value) => $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}

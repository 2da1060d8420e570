namespace LeadPredict.Scorecard.Reading;

/// <summary>Collects the faults and warnings of one file, so that all can be told at once.</summary>
internal sealed class FaultList(string fileName)
{
    /// <summary>After so many faults reading goes on but the rest is only counted: nobody mends more in one go.</summary>
    private const int MostFaults = 100;

    private readonly List<ScorecardFault> _faults = [];
    private readonly List<ScorecardFault> _warnings = [];

    /// <summary>Whether any fault was found.</summary>
    public bool Any => _faults.Count > 0;

    /// <summary>The warnings as lines, in the order of the file.</summary>
    public IReadOnlyList<string> Warnings =>
        [.. InOrder(_warnings).Select(warning => $"{warning.File}:{warning.Line}:{warning.Column}: {warning.Found}; {warning.Expected}")];

    /// <summary>Adds a fault at a node.</summary>
    public void Add(YamlNode node, string found, string expected) => Add(node.Line, node.Column, found, expected);

    /// <summary>Adds a fault at a place.</summary>
    public void Add(int line, int column, string found, string expected)
    {
        if (_faults.Count < MostFaults)
        {
            _faults.Add(new(fileName, line, column, found, expected));
        }
    }

    /// <summary>Adds a warning: what was found, and what becomes of it.</summary>
    public void Warn(YamlNode node, string found, string consequence) =>
        _warnings.Add(new(fileName, node.Line, node.Column, found, consequence));

    /// <exception cref="ScorecardFormatException">A fault was found.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new ScorecardFormatException([.. InOrder(_faults)]);
        }
    }

    private static IEnumerable<ScorecardFault> InOrder(List<ScorecardFault> faults) =>
        faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column);
}

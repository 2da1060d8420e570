using System.Collections.Frozen;
using System.Runtime.InteropServices;
using LeadPredict.Features.Emails;
using LeadPredict.Features.Sources;
using LeadPredict.Features.Words;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Features.Profiles;

/// <summary>What the training rows say of one attribute or column. Streaming; not safe on several threads.</summary>
/// <param name="most">At most this many different texts are counted.</param>
/// <param name="puttingOff">
/// Whether values are only counted until <see cref="Settle"/>, which looks at each different one once: for columns of which all values fit in memory.
/// </param>
/// <param name="namesRows">Whether it is named for identifiers: then <see cref="Different"/> is told of whole numbers however many they are.</param>
internal sealed class ColumnProfile(int most = ColumnProfile.DistinctLimit, bool puttingOff = false, bool namesRows = false)
{
    /// <summary>At most this many different texts are counted; in a column with more, those after are only summed up.</summary>
    public const int DistinctLimit = 20_000;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> UnknownWords =
        MissingWords.AmongNumbers.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly Dictionary<string, ValueTally> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<AttributeValue, ValueTally> _unsettled = [];

    // Of whole numbers that were not counted: the texts of ten million rows would fill the memory.
    private readonly HashSet<ulong> _uncounted = [];
    private bool _repeats;
    private int _yesNoWords;

    // Numbers that are 1 or 0.
    private int _bits;

    /// <summary>Rows with a value.</summary>
    public int Present { get; private set; }

    public int Numbers { get; private set; }

    public int WholeNumbers { get; private set; }

    /// <summary>Rows with yes or no. 1 and 0 are, where words are written for them too and no other number is there: several programs wrote the column.</summary>
    public int Booleans => _yesNoWords > 0 && _bits == Numbers ? _yesNoWords + _bits : _yesNoWords;

    public int Emails { get; private set; }

    public int DayFirstDates { get; private set; }

    public int MonthFirstDates { get; private set; }

    /// <summary>Those of either that can be read one way alone, whichever order slashed dates have.</summary>
    public int CertainDates { get; private set; }

    /// <summary>Of <see cref="Present"/>, rows whose text means that nothing is known if the others are numbers or dates.</summary>
    public int Unknown { get; private set; }

    /// <summary>Rows whose text is a number but for its marks, see <see cref="NumberText.LooksLikeOne"/>.</summary>
    public int MarkedNumbers { get; private set; }

    /// <summary>Rows whose text was not counted since there were too many different ones.</summary>
    public int Uncounted { get; private set; }

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>How many rows had each text, as written, and whose they were.</summary>
    public IReadOnlyDictionary<string, ValueTally> Counts => _counts;

    /// <summary>Whether every row with a value, <see cref="Unknown"/> ones left out, had another. In columns of whole numbers only: of others no more than the texts that are counted are compared.</summary>
    public bool AllDiffer => Present - Unknown > 1 && !_repeats;

    /// <summary>How many values differ, <see cref="Unknown"/> ones left out; of numbers too many to be counted only in a column that is named for identifiers.</summary>
    public int Different => _counts.Keys.Count(text => !MissingWords.AmongNumbers.Contains(text)) + _uncounted.Count;

    /// <summary>Adds the value of rows of groups that were counted; missing ones count for nothing.</summary>
    public void Observe(AttributeValue value, ValueTally rows) => Look(value, rows, null);

    /// <summary>Adds the value of a row of a group, from 1; rows of a group come one after the other.</summary>
    public void ObserveOf(int group, AttributeValue value)
    {
        if (puttingOff)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_unsettled, value, out _).Add(group);
        }
        else
        {
            Look(value, new() { Rows = 1, Groups = 1 }, group);
        }
    }

    /// <summary>Looks at the values that were put off, in the order in which they first came.</summary>
    public void Settle()
    {
        foreach ((AttributeValue value, ValueTally rows) in _unsettled)
        {
            Look(value, rows, null);
        }

        _unsettled.Clear();
    }

    /// <summary>Adds rows that are numbers; their texts are not counted, see <see cref="NeedsTexts"/>.</summary>
    public void Observe(in NumberSummary numbers)
    {
        Present += numbers.Present;
        Numbers += numbers.Present;
        WholeNumbers += numbers.WholeNumbers;
        _repeats |= numbers.Repeats;
        Minimum = Math.Min(Minimum, numbers.Minimum);
        Maximum = Math.Max(Maximum, numbers.Maximum);
    }

    /// <summary>Adds the rows of another profile, which counted all texts, as if they came here after those that did.</summary>
    public void Add(ColumnProfile later)
    {
        Present += later.Present;
        Numbers += later.Numbers;
        WholeNumbers += later.WholeNumbers;
        _yesNoWords += later._yesNoWords;
        _bits += later._bits;
        Emails += later.Emails;
        DayFirstDates += later.DayFirstDates;
        MonthFirstDates += later.MonthFirstDates;
        CertainDates += later.CertainDates;
        Uncounted += later.Uncounted;
        Unknown += later.Unknown;
        MarkedNumbers += later.MarkedNumbers;
        Minimum = Math.Min(Minimum, later.Minimum);
        Maximum = Math.Max(Maximum, later.Maximum);
        foreach ((string text, ValueTally count) in later._counts)
        {
            Count(text, count, null);
        }
    }

    /// <summary>Whether the decision about a column of numbers asks for their texts: for names of things and of rows, and of others unless a text repeats.</summary>
    public static bool NeedsTexts(string name, in NumberSummary numbers) =>
        numbers.Present > 0 && numbers.WholeNumbers == numbers.Present && (!numbers.Repeats || ColumnNames.IsIdentifier(name));

    /// <summary>Looks at rows with a value: one of a group, or some of groups of their own.</summary>
    private void Look(AttributeValue value, ValueTally tally, int? group)
    {
        int rows = tally.Rows;
        if (value.IsMissing || (value.Text is { } blank && string.IsNullOrWhiteSpace(blank)))
        {
            return;
        }

        Present += rows;
        double number = value.Number;
        if (value.Kind == AttributeKind.Boolean)
        {
            _yesNoWords += rows;
        }
        else if (value.Kind == AttributeKind.Number || NumberText.TryParse(value.Text, out number))
        {
            Numbers += rows;
            _bits += number is 0 or 1 ? rows : 0;
            WholeNumbers += number == Math.Floor(number) ? rows : 0;
            Minimum = Math.Min(Minimum, number);
            Maximum = Math.Max(Maximum, number);
        }
        else
        {
            ObserveText(value.Text!, rows);
        }

        Count(value.ToString().Trim(), tally, group);
    }

    private void ObserveText(string text, int rows)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        Unknown += UnknownWords.Contains(trimmed) ? rows : 0;
        MarkedNumbers += NumberText.LooksLikeOne(trimmed) ? rows : 0;
        if (BooleanWords.Parse(text) is not null)
        {
            _yesNoWords += rows;
        }
        else
        {
            bool certain = DateText.TryParse(text, DateOrder.Unknown, out _);
            CertainDates += certain ? rows : 0;
            DayFirstDates += certain || DateText.TryParse(text, DateOrder.DayFirst, out _) ? rows : 0;
            MonthFirstDates += certain || DateText.TryParse(text, DateOrder.MonthFirst, out _) ? rows : 0;
        }

        Emails += EmailAddress.Looks(text) ? rows : 0;
    }

    private void Count(string text, ValueTally tally, int? group)
    {
        bool again = tally.Rows > 1;
        if (_counts.Count < most || _counts.ContainsKey(text))
        {
            ref ValueTally count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, text, out bool exists);
            again |= exists;
            if (group is { } of)
            {
                count.Add(of);
            }
            else
            {
                count = count.With(tally);
            }
        }
        else
        {
            Uncounted += tally.Rows;
            again |= (namesRows || !_repeats) && WholeNumbers + Unknown == Present && !_uncounted.Add(Hash(text));
        }

        _repeats = _repeats || (again && !MissingWords.AmongNumbers.Contains(text));
    }

    /// <summary>Fowler, Noll and Vo's hash of 64 bits (FNV-1a), of a character at a time: the same in every run.</summary>
    private static ulong Hash(string text)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (char character in text)
        {
            hash = unchecked((hash ^ character) * 1_099_511_628_211);
        }

        return hash;
    }
}

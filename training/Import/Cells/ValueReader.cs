using System.Globalization;
using LeadPredict.Funnel.Leads;
using LeadPredict.Training.Csv;
using LeadPredict.Training.Import.Recipes;

namespace LeadPredict.Training.Import.Cells;

/// <summary>Reads cells as numbers, booleans and amounts of money.</summary>
internal sealed class ValueReader(RecipeFormat format)
{
    /// <summary>What to expect of a boolean, for messages.</summary>
    public const string ExpectedBoolean = "true, yes, y, on, 1 or false, no, n, off, 0";

    /// <summary>What to expect of a number or an amount, for messages.</summary>
    public string ExpectedNumber { get; } = format.DecimalMark == '.' ? Expected("1234.5, 1,234.50 or USD 1,234.50") : Expected("1234,5, 1.234,50 or USD 1.234,50");

    private static readonly string[] True = ["true", "yes", "y", "on", "1", "t"];
    private static readonly string[] False = ["false", "no", "n", "off", "0", "f"];

    /// <summary>The boolean that a word means, or null.</summary>
    public static bool? Boolean(string cell) =>
        True.Contains(cell, StringComparer.OrdinalIgnoreCase) ? true
        : False.Contains(cell, StringComparer.OrdinalIgnoreCase) ? false
        : null;

    /// <summary>The value of a cell that is not missing, or null with a reason when it is not of the type.</summary>
    public AttributeValue? Read(string cell, CellType type, out string? reason)
    {
        reason = null;
        switch (type)
        {
            case CellType.Number when CsvNumber.TryRead(CurrencyCode.Strip(cell, out _), format.DecimalMark, out double number):
                return AttributeValue.Of(number);
            case CellType.Number:
                reason = "is no number; " + ExpectedNumber;
                return null;
            case CellType.Auto when CsvNumber.TryReadPlain(cell, format.DecimalMark, out double number):
                return AttributeValue.Of(number);
            case CellType.Boolean when Boolean(cell) is { } flag:
                return AttributeValue.Of(flag);
            case CellType.Boolean:
                reason = $"is neither true nor false; expected {ExpectedBoolean}";
                return null;
            case CellType.Auto when bool.TryParse(cell, out bool flag):
                return AttributeValue.Of(flag);
            default:
                return AttributeValue.Of(cell);
        }
    }

    /// <summary>An amount, with all its digits where it is written plainly, or null. One beyond <see cref="Outcome.LargestAmount"/> may be another beyond it.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="currency">The code that stands beside it, or null.</param>
    public decimal? Amount(string cell, out string? currency)
    {
        ReadOnlySpan<char> text = CurrencyCode.Strip(cell, out currency);
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (format.DecimalMark == '.' && decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out decimal amount))
        {
            return amount;
        }

        return !CsvNumber.TryRead(text, format.DecimalMark, out double number) ? null
            : Math.Abs(number) <= (double)Outcome.LargestAmount ? (decimal)number
            : decimal.MaxValue;
    }

    private static string Expected(string such) => $"expected one such as {such}; --decimal names the mark before its fraction";
}

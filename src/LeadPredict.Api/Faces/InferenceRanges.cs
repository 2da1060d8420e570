using System.Globalization;
using System.Text.Json;
using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Faces;

/// <summary>What numbers the datatypes of the Open Inference Protocol hold. Text and nulls, which tables take in place of numbers, are passed over.</summary>
internal static class InferenceRanges
{
    private static readonly Dictionary<string, (decimal Least, decimal Most)> Whole = new(StringComparer.Ordinal)
    {
        ["BOOL"] = (0, 1),
        ["UINT8"] = (byte.MinValue, byte.MaxValue),
        ["UINT16"] = (ushort.MinValue, ushort.MaxValue),
        ["UINT32"] = (uint.MinValue, uint.MaxValue),
        ["UINT64"] = (ulong.MinValue, ulong.MaxValue),
        ["INT8"] = (sbyte.MinValue, sbyte.MaxValue),
        ["INT16"] = (short.MinValue, short.MaxValue),
        ["INT32"] = (int.MinValue, int.MaxValue),
        ["INT64"] = (long.MinValue, long.MaxValue),
    };

    /// <summary>Notes a fault for each number of a tensor that its datatype does not hold.</summary>
    public static void Demand(string? datatype, string? name, IEnumerable<JsonField> cells)
    {
        if (datatype is null || Holding(datatype) is not { } holding)
        {
            return;
        }

        foreach (JsonField cell in cells.Where(cell => cell.Element.ValueKind == JsonValueKind.Number && !holding.Holds(cell.Element)))
        {
            cell.Fault($"{cell.Found()} in '{ShownText.Of(name ?? JsonField.NotRead)}' of datatype {datatype}", holding.Expected);
        }
    }

    private static (Func<JsonElement, bool> Holds, string Expected)? Holding(string datatype)
    {
        if (Whole.TryGetValue(datatype, out (decimal Least, decimal Most) range))
        {
            return (cell => cell.TryGetDecimal(out decimal number) && decimal.IsInteger(number) && number >= range.Least && number <= range.Most,
                string.Create(CultureInfo.InvariantCulture, $"a whole number from {range.Least} to {range.Most}"));
        }

        // A number just beyond the greatest is rounded to it, as clients that print few digits send it.
        return datatype switch
        {
            "FP16" => (cell => Half.IsFinite((Half)cell.GetDouble()), Between((double)Half.MinValue, (double)Half.MaxValue)),
            "FP32" => (cell => float.IsFinite((float)cell.GetDouble()), Between(float.MinValue, float.MaxValue)),
            _ => null,
        };
    }

    private static string Between(IFormattable least, IFormattable most) => string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}");
}

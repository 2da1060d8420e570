using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LeadPredict.Api.Requests;
using LeadPredict.Features;
using LeadPredict.Funnel.Leads;
using LeadPredict.Scoring.Engines;

namespace LeadPredict.Api.Faces;

/// <summary>
/// Reads and scores the usual invocation, records that have the columns of the model's table and no others, in one pass over the bytes. Whatever is unusual or
/// wrong it leaves to <see cref="MlflowInvocation"/>, which knows all and says what is wrong: this one only ever gives what that one would.
/// </summary>
internal static class QuickMlflow
{
    private static readonly byte[][] Lists = QuickValues.Members("dataframe_records", "instances", "inputs");
    private static readonly ConditionalWeakTable<IReadOnlyList<TableColumn>, byte[][]> Names = [];

    /// <summary>The rows' probabilities, or null where the other reader must look.</summary>
    public static List<ProbabilityEstimate>? TryScore(ReadOnlySpan<byte> utf8, FaceTable table)
    {
        try
        {
            var json = new JsonCursor(utf8);
            return Rows(ref json, table) is { } rows && json.IsAtEnd() ? rows : null;
        }
        catch (Exception unusual) when (unusual is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static List<ProbabilityEstimate>? Rows(ref JsonCursor json, FaceTable table)
    {
        byte[][] names = Names.GetValue(table.Columns, NamesOf);
        if (!json.Begin('{', '}', out bool more) || !more || json.Member(Lists, 0) < 0 || !json.Begin('[', ']', out more))
        {
            return null;
        }

        var rows = new List<ProbabilityEstimate>();
        var seen = new BitArray(names.Length);
        while (more)
        {
            if (rows.Count == FaceScores.MostLeads || !Row(ref json, names, seen, table) || !json.Go(']', out more))
            {
                return null;
            }

            rows.Add(table.Score());
        }

        return rows.Count > 0 && json.Go('}', out more) && !more ? rows : null;
    }

    /// <summary>Puts the cells of a row, which must be all columns, each once.</summary>
    private static bool Row(ref JsonCursor json, byte[][] names, BitArray seen, FaceTable table)
    {
        int column = -1;
        int put = 0;
        seen.SetAll(false);
        if (!json.Begin('{', '}', out bool more))
        {
            return false;
        }

        while (more)
        {
            column = json.Member(names, column + 1);
            if (column < 0 || seen[column] || !QuickValues.Value(ref json, out AttributeValue value) || !table.Put(column, value) || !json.Go('}', out more))
            {
                return false;
            }

            seen[column] = true;
            put++;
        }

        return put == names.Length;
    }

    /// <summary>Names as they are mostly written, with as few escapes as JSON lets them have.</summary>
    private static byte[][] NamesOf(IReadOnlyList<TableColumn> columns) =>
        [.. columns.Select(column => Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(column.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\":"))];
}

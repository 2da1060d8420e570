using System.Globalization;
using System.Text;
using LeadPredict.Learning.Leaks;
using LeadPredict.Learning.Tables;
using LeadPredict.Testing;

namespace LeadPredict.Learning.Tests.Leaks;

/// <summary>Exports whose leaks are known.</summary>
public sealed class RealColumnsTests
{
    [RealDataFact]
    public void Judge_CourseSellersLeads_NamesTheLeaksAndPassesHonestColumns()
    {
        string[] suspected = Suspected("xeducation_leads.csv", "Converted", "Prospect ID");
        suspected.ShouldContain("Tags");
        suspected.ShouldContain("Lead Quality");
        suspected.ShouldContain("Lead Profile");

        // Filled by a person on the telephone, says the file's history; the other thirty pass.
        suspected.ShouldBeSubsetOf(
            ["Tags", "Lead Quality", "Lead Profile", "What is your current occupation", "What matters most to you in choosing a course"]);
    }

    [RealDataFact]
    public void Judge_ContestLeads_NamesTheColumnWhoseAbsenceLeaksAndTheFlagsOfThePurchase()
    {
        string[] suspected = Suspected("smartlead.csv", "buy", "id");
        suspected.ShouldContain("signup_date");
        suspected.ShouldContain("user_activity_var_2");
        suspected.ShouldContain("user_activity_var_9");
        suspected.ShouldContain("user_activity_var_11");
        suspected.ShouldNotContain("campaign_var_1");
        suspected.ShouldNotContain("user_activity_var_6");
    }

    private static string[] Suspected(string file, string label, string identifier)
    {
        string[][] rows = [.. File.ReadLines(SharedFiles.Real("raw", file)).Select(Split)];
        string[] header = rows[0];
        rows = rows[1..];
        byte[] labels = [.. rows.Select(row => byte.Parse(row[Array.IndexOf(header, label)], CultureInfo.InvariantCulture))];
        List<FeatureColumn> columns = [];
        List<float[]> values = [];
        for (int column = 0; column < header.Length; column++)
        {
            if (header[column] != label && header[column] != identifier)
            {
                string?[] cells = [.. rows.Select(row => row[column] is "" or "Select" ? null : row[column])];
                (FeatureColumn definition, float[] coded) = Code(header[column], cells);
                columns.Add(definition);
                values.Add(coded);
            }
        }

        TrainingTable table = new(new FeatureTable(columns, values), labels);
        return [.. LeakVerdict.Judge(LeakScreen.Screen(table)).Select(finding => finding.Column).Distinct()];
    }

    private static (FeatureColumn Column, float[] Values) Code(string name, string?[] cells)
    {
        if (cells.All(cell => cell is null || float.TryParse(cell, CultureInfo.InvariantCulture, out _)))
        {
            return (new FeatureColumn(name, ColumnKind.Numeric), [.. cells.Select(c => c is null ? float.NaN : float.Parse(c, CultureInfo.InvariantCulture))]);
        }

        Dictionary<string, int> codes = [];
        float[] values = new float[cells.Length];
        for (int row = 0; row < cells.Length; row++)
        {
            string? cell = cells[row];
            if (cell is not null && !codes.ContainsKey(cell))
            {
                codes.Add(cell, codes.Count + 1);
            }

            values[row] = cell is null ? float.NaN : codes[cell];
        }

        return (new FeatureColumn(name, ColumnKind.Categorical, codes.Count + 1), values);
    }

    /// <summary>Fields may be quoted and hold commas; none of these files has a line break inside one.</summary>
    private static string[] Split(string line)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool quoted = false;
        foreach (char letter in line)
        {
            if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (letter == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(letter);
            }
        }

        return [.. fields, field.ToString()];
    }
}

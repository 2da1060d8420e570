using LeadPredict.Features;

namespace LeadPredict.Training.ExportTable;

/// <summary>A column of an exported table.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Feature">The feature it holds.</param>
/// <param name="Type">XGBoost's word for it: <c>float</c>, or <c>c</c> for a category's code.</param>
internal sealed record TableColumn(string Name, string Feature, string Type);

/// <summary>Names for features that a spreadsheet, pandas and XGBoost all take.</summary>
internal static class TableColumns
{
    /// <summary>The columns before the features.</summary>
    public static readonly string[] Leading = ["side", "group", "asOf", "label"];

    /// <summary>One column a feature, in the schema's order; names unique without regard to case.</summary>
    public static IReadOnlyList<TableColumn> Of(FeatureSchema schema)
    {
        HashSet<string> taken = new(Leading, StringComparer.OrdinalIgnoreCase);
        List<TableColumn> columns = [];
        foreach (FeatureDefinition feature in schema.Features)
        {
            string name = Plain(feature.Name);
            while (!taken.Add(name))
            {
                name += "_";
            }

            columns.Add(new(name, feature.Name, feature.Kind == FeatureKind.Categorical ? "c" : "float"));
        }

        return columns;
    }

    /// <summary>XGBoost refuses square and angle brackets; a spreadsheet would run what begins with a sign.</summary>
    private static string Plain(string name)
    {
        char[] plain = [.. name.Trim().Select(c => c is '[' or ']' or '<' || char.IsControl(c) ? '_' : c)];
        if (plain[0] is '=' or '+' or '-' or '@' or '\'')
        {
            plain[0] = '_';
        }

        return new(plain);
    }
}

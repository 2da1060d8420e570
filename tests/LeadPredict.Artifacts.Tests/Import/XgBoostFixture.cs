using System.Text;
using LeadPredict.Artifacts.Import;
using LeadPredict.Testing;

namespace LeadPredict.Artifacts.Tests.Import;

/// <summary>Small XGBoost models written by hand, as 1.7 and 3.1 lay them out.</summary>
internal static class XgBoostFixture
{
    public const string Old = "xgboost-1.7.json";

    public const string New = "xgboost-3.1.json";

    public static XgBoostModel Read(string name) =>
        XgBoostModelReader.Read(SharedFiles.Repository("tests", "LeadPredict.Artifacts.Tests", "Import", "Fixtures", name));

    /// <summary>The older fixture with one piece of its text replaced; the piece must be there.</summary>
    public static XgBoostModel ReadChanged(string text, string by) => XgBoostModelReader.Read("changed.json", Encoding.UTF8.GetBytes(Changed(text, by)));

    private static string Changed(string text, string by)
    {
        string all = File.ReadAllText(SharedFiles.Repository("tests", "LeadPredict.Artifacts.Tests", "Import", "Fixtures", Old));
        all.ShouldContain(text);
        return all.Replace(text, by, StringComparison.Ordinal);
    }
}

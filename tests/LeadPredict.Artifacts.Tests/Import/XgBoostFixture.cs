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
    public static XgBoostModel ReadChanged(string text, string by) => ReadChanged((text, by));

    /// <summary>The older fixture with pieces of its text replaced; each must be there.</summary>
    public static XgBoostModel ReadChanged(params ReadOnlySpan<(string Text, string By)> pieces)
    {
        string all = File.ReadAllText(SharedFiles.Repository("tests", "LeadPredict.Artifacts.Tests", "Import", "Fixtures", Old));
        foreach ((string text, string by) in pieces)
        {
            all.ShouldContain(text);
            all = all.Replace(text, by, StringComparison.Ordinal);
        }

        return XgBoostModelReader.Read("changed.json", Encoding.UTF8.GetBytes(all));
    }
}

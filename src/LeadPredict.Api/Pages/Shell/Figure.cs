using System.Globalization;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Api.Pages.Shell;

/// <summary>Figures as pages write them. A non-breaking space stands where a line must not break.</summary>
public static class Figure
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A share as whole percent, or with one decimal below 10 %; a dash for none.</summary>
    public static string Percent(double? share) => share is not { } known || double.IsNaN(known) ? "–"
        : known is > 0 and < 0.0995 ? (known * 100).ToString("0.0", Culture) + "\u00a0%"
        : (known * 100).ToString("0", Culture) + "\u00a0%";

    /// <summary>A count; whole where it is, else with one decimal.</summary>
    public static string Count(double value) => Size(value) is var size && value < 0 && size != "0" ? "−" + size : size;

    /// <summary>A count with the sign of what is shown: none for 0.</summary>
    public static string Signed(double value) => Size(value) is var size && value > 0 && size != "0" ? "+" + size : Count(value);

    /// <summary>Money without cents.</summary>
    public static string Money(double value, string? currency) => With(value.ToString("#,0", Culture), currency);

    /// <summary>One amount, with cents where it has any.</summary>
    public static string Amount(decimal value, string? currency) =>
        With(value.ToString(decimal.IsInteger(value) ? "#,0" : "#,0.00######", Culture), currency);

    /// <summary>Why sums of money are in one currency.</summary>
    public static string CurrencyWords(string currency) => currency.Length == 0
        ? "Won deals name no currency, so amounts are added up as they are."
        : $"Amounts are in {currency}, the currency of most won deals. Deals in others are not converted, since no rate is known, and not added.";

    /// <summary>Days, with one decimal below ten; a dash for none.</summary>
    public static string Days(double? days) => days is not { } known ? "–" : known.ToString(known < 10 ? "0.0" : "0", Culture);

    /// <summary>A day.</summary>
    public static string Day(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd", Culture) ?? "–";

    /// <summary>A minute, UTC.</summary>
    public static string Minute(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm", Culture);

    /// <summary>A number for an attribute of a drawing.</summary>
    public static string N(double value) => value.ToString("0.##", Culture);

    /// <summary>A figure with so many decimals; a dash for none.</summary>
    public static string Decimals(double value, int decimals) => double.IsNaN(value) ? "–" : value.ToString("F" + decimals, Culture);

    /// <summary>A stage in words.</summary>
    public static string StageName(Stage stage) => stage switch
    {
        Funnel.Stages.Stage.MarketingQualified => "MQL",
        Funnel.Stages.Stage.SalesAccepted => "SAL",
        Funnel.Stages.Stage.SalesQualified => "SQL",
        _ => stage.ToString(),
    };

    /// <summary>A name such as <c>organic_search</c> for people.</summary>
    public static string Name(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Replace('_', ' ');
    }

    /// <summary>A text as the beginning of a sentence.</summary>
    public static string Sentence(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string With(string amount, string? currency) => string.IsNullOrEmpty(currency) ? amount : amount + " " + currency;

    private static string Size(double value)
    {
        double size = Math.Abs(value);
        return size.ToString(Math.Abs(size - Math.Round(size)) < 0.05 ? "#,0" : "#,0.0", Culture);
    }

    /// <summary>One thing or several.</summary>
    public static string Plural(double count, string one, string? many = null) => $"{Count(count)} {(Math.Abs(count - 1) < 0.05 ? one : many ?? one + "s")}";
}

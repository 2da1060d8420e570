using System.Globalization;
using System.Text;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Features.Phrases;

/// <summary>Names, counts and spans of days in words.</summary>
internal static class Naming
{
    /// <summary><c>jobTitle</c> and <c>job_title</c> become "job title"; names with spaces stay as they are.</summary>
    public static string Humanize(string name)
    {
        if (name.Contains(' '))
        {
            return name;
        }

        StringBuilder words = new(name.Length + 4);
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (c is '_' or '-' or '.')
            {
                words.Append(' ');
            }
            else if (char.IsUpper(c) && i > 0 && char.IsLower(name[i - 1]))
            {
                words.Append(' ').Append(char.ToLowerInvariant(c));
            }
            else
            {
                words.Append(c);
            }
        }

        return words.ToString().Trim() is { Length: > 0 } text ? text : name;
    }

    /// <summary>The stage as sales and marketing say it.</summary>
    public static string Of(Stage stage) => stage switch
    {
        Stage.MarketingQualified => "MQL",
        Stage.SalesAccepted => "SAL",
        Stage.SalesQualified => "SQL",
        _ => stage.ToString().ToLowerInvariant(),
    };

    /// <summary>"no days", "1 day", "3 days".</summary>
    public static string Count(float value, string one, string many) =>
        value == 0 ? $"no {many}" : value == 1 ? $"1 {one}" : $"{Number(value)} {many}";

    public static string Times(float value) => value switch { 1 => "once", 2 => "twice", _ => $"{Number(value)} times" };

    /// <summary>"less than a day", "1 day", "12 days"; whole days are counted.</summary>
    public static string Days(float days) => days < 1 ? "less than a day" : Count(MathF.Floor(days), "day", "days");

    public static string Ago(float days) => days < 1 ? "less than a day ago" : Days(days) + " ago";

    // Whole numbers, which most are, come out alike and sooner by the plain form.
    public static string Number(float value) => value == (int)value && value != 0
        ? ((int)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString("0.####", CultureInfo.InvariantCulture);
}

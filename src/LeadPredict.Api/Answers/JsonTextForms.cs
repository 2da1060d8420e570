using System.Globalization;
using LeadPredict.Scorecard;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;
using LeadPredict.Scoring.Reasons;

namespace LeadPredict.Api.Answers;

/// <summary>What answers and the log have in common: instants, rounded numbers, estimates, warnings and values of reasons.</summary>
internal static class JsonTextForms
{
    private const double NearHalf = 1e-6;
    private const double LargestTenths = 1e6;

    /// <summary>Appends bytes, then an instant in quotes as <see cref="InstantConverter"/> writes it.</summary>
    public static void Instant(ref this JsonText json, ReadOnlySpan<byte> before, DateTimeOffset instant)
    {
        DateTime utc = instant.UtcDateTime;
        if (utc.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            Span<char> text = stackalloc char[32];
            utc.TryFormat(text, out int length, InstantConverter.Format, CultureInfo.InvariantCulture);
            json.Text(before, text[..length]);
            return;
        }

        Span<byte> digits = stackalloc byte[22];
        "\"0000-00-00T00:00:00Z\""u8.CopyTo(digits);
        Two(digits[1..], utc.Year / 100);
        Two(digits[3..], utc.Year % 100);
        Two(digits[6..], utc.Month);
        Two(digits[9..], utc.Day);
        Two(digits[12..], utc.Hour);
        Two(digits[15..], utc.Minute);
        Two(digits[18..], utc.Second);
        json.Raw(before, digits);
    }

    /// <summary>Appends bytes, then a number with at most one decimal, as the format <c>0.#</c> has it.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="before">The bytes.</param>
    /// <param name="number">Finite.</param>
    public static void Tenths(ref this JsonText json, ReadOnlySpan<byte> before, double number)
    {
        double tenths = 10 * number;
        double rounded = Math.Floor(tenths + 0.5);
        if (!(number >= 0 && tenths < LargestTenths && Math.Abs(tenths + 0.5 - Math.Round(tenths + 0.5)) > NearHalf))
        {
            // Near a half the framework's own digits decide.
            Span<char> text = stackalloc char[32];
            number.TryFormat(text, out int length, "0.#", CultureInfo.InvariantCulture);
            json.Characters(before, text[..length]);
            return;
        }

        json.Number(before, Math.Floor(rounded / 10));
        int last = (int)(rounded % 10);
        if (last > 0)
        {
            json.Number("."u8, last);
        }
    }

    /// <summary>Appends bytes, then a probability with its interval, or null.</summary>
    public static void Estimate(ref this JsonText json, ReadOnlySpan<byte> before, ProbabilityEstimate? estimate)
    {
        json.Raw(before);
        if (estimate is not { } known)
        {
            json.Raw("null"u8);
            return;
        }

        json.Number("{\"value\":"u8, known.Value);
        json.Number(",\"low\":"u8, known.Low);
        json.Number(",\"high\":"u8, known.High);
        json.Raw("}"u8);
    }

    /// <summary>Appends bytes, then what is said, without quotes.</summary>
    public static void Said(ref this JsonText json, ReadOnlySpan<byte> before, scoped in PhraseParts said)
    {
        json.Raw(before, said.First);
        if (said.Number is { } number)
        {
            json.Number([], number);
        }

        json.Raw(said.Second, said.Third);
        json.Raw(said.Last);
    }

    /// <summary>Appends a member <c>warnings</c>, after another member.</summary>
    public static void Warnings(ref this JsonText json, IReadOnlyList<string> warnings)
    {
        json.Raw(",\"warnings\":["u8);
        for (int i = 0; i < warnings.Count; i++)
        {
            json.Text(i == 0 ? [] : ","u8, warnings[i]);
        }

        json.Raw("]"u8);
    }

    /// <summary>Appends the value of a reason.</summary>
    public static void Shown(ref this JsonText json, in SheetReason reason, ReasonPhrase phrase)
    {
        if (reason.IsShownAsSaid)
        {
            json.Raw(phrase.ShownJson);
        }
        else
        {
            json.Number([], reason.Value);
        }
    }

    private static void Two(Span<byte> to, int number)
    {
        to[0] = (byte)('0' + (number / 10));
        to[1] = (byte)('0' + (number % 10));
    }
}

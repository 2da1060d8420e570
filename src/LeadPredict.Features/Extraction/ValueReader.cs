using System.Collections.Concurrent;
using LeadPredict.Features.Emails;
using LeadPredict.Features.Jobs;
using LeadPredict.Features.Sources;
using LeadPredict.Features.Words;
using LeadPredict.Funnel.Leads;

namespace LeadPredict.Features.Extraction;

/// <summary>Reads a feature that is made of one attribute or column. Safe to share between threads.</summary>
/// <param name="attribute">The attribute's or column's name.</param>
internal abstract class ValueReader(string attribute)
{
    public string Attribute { get; } = attribute;

    /// <summary>The column that stands for AsOf in tables, or null.</summary>
    public virtual string? Reference => null;

    /// <param name="value">The value, missing where there is none.</param>
    /// <param name="referenceDay">AsOf or the reference column's date in days since 1970, NaN when unknown.</param>
    public abstract float Read(AttributeValue value, double referenceDay);

    /// <summary>The reader of a definition, or null when the definition is not made of one attribute.</summary>
    public static ValueReader? For(FeatureDefinition feature) => feature.Source switch
    {
        AttributeNumber source => new NumberReader(source.Attribute),
        AttributeBoolean source => new BooleanReader(source.Attribute),
        AttributeCategory source => new CategoryReader(source.Attribute, new(feature.Categories)),
        AttributeDate source => new DateReader(source),
        JobTitleSeniority source => new ParsedReader(source.Attribute, JobTitle.Seniority, JobTitle.Seniorities, feature),
        JobTitleDepartment source => new ParsedReader(source.Attribute, JobTitle.Department, JobTitle.Departments, feature),
        EmailDomain source => new ParsedReader(source.Attribute, EmailAddress.Kind, EmailAddress.Kinds, feature),
        _ => null,
    };

    /// <summary>The reader of a column of dates that no feature is made of alone.</summary>
    public static ValueReader OfDates(string attribute, DateOrder order) => new DateReader(new(attribute, DatePart.Ordinal, order));

    private sealed class NumberReader(string attribute) : ValueReader(attribute)
    {
        public override float Read(AttributeValue value, double referenceDay) => FeatureNumber.Of(
            value.Text is { } text ? NumberText.TryParse(text, out double number) ? number : Truth(text) : value.Number);

        // One program writes 1 and 0 where another writes these.
        private static double Truth(string text) => text.Equals("true", StringComparison.OrdinalIgnoreCase) ? 1 : text.Equals("false", StringComparison.OrdinalIgnoreCase) ? 0 : double.NaN;
    }

    private sealed class BooleanReader(string attribute) : ValueReader(attribute)
    {
        public override float Read(AttributeValue value, double referenceDay)
        {
            bool? read = value.Kind switch
            {
                AttributeKind.Boolean => value.Boolean,
                AttributeKind.Number => Truth(value.Number),
                AttributeKind.Text => NumberText.TryParse(value.Text!, out double number) ? Truth(number) : BooleanWords.Parse(value.Text),
                _ => null,
            };
            return read is { } known ? known ? 1 : 0 : float.NaN;
        }

        private static bool? Truth(double number) => number switch { 1 => true, 0 => false, _ => null };
    }

    private sealed class CategoryReader(string attribute, CategoryCodes codes) : ValueReader(attribute)
    {
        public override float Read(AttributeValue value, double referenceDay) => codes.Read(value);
    }

    private sealed class DateReader(AttributeDate source) : ValueReader(source.Attribute)
    {
        public override string? Reference => source.Part == DatePart.Recency ? source.Reference : null;

        public override float Read(AttributeValue value, double referenceDay)
        {
            if (value.Text is not { } text || !DateText.TryParse(text, source.Order, out double days))
            {
                return float.NaN;
            }

            return source.Part switch
            {
                DatePart.Recency => (float)(referenceDay - days),
                DatePart.Ordinal => (float)days,
                DatePart.Weekday => 1 + (int)CalendarDay(days).DayOfWeek,
                DatePart.Hour => DateText.HourOf(days),
                DatePart.Month => CalendarDay(days).Month,
                _ => CalendarDay(days).Day,
            };
        }

        private static DateTime CalendarDay(double days) => DateTime.UnixEpoch.AddDays(Math.Floor(days));
    }

    /// <summary>A category that code works out of the text. The codes of the schema count, should the lists of this version differ.</summary>
    private sealed class ParsedReader : ValueReader
    {
        /// <summary>So many different texts are remembered; the rest are parsed each time.</summary>
        private const int Most = 4096;

        private readonly Func<string, int> _parse;
        private readonly float[] _codes;
        private readonly ConcurrentDictionary<string, float>? _known;
        private int _count;

        public ParsedReader(string attribute, Func<string, int> parse, IReadOnlyList<string> names, FeatureDefinition feature)
            : base(attribute)
        {
            _parse = parse;
            _codes = [.. names.Select(name => (float)Math.Max(0, feature.Categories.ToList().IndexOf(name)))];

            // Many people have the same job title, and nobody the same address, which is nobody's to remember either.
            _known = feature.Source is EmailDomain ? null : new(StringComparer.Ordinal);
        }

        public override float Read(AttributeValue value, double referenceDay)
        {
            if (value.Text is not { } text || string.IsNullOrWhiteSpace(text))
            {
                return float.NaN;
            }

            if (_known is null)
            {
                return _codes[_parse(text)];
            }

            if (!_known.TryGetValue(text, out float code))
            {
                code = _codes[_parse(text)];
                if (_count < Most && _known.TryAdd(text, code))
                {
                    Interlocked.Increment(ref _count);
                }
            }

            return code;
        }
    }
}

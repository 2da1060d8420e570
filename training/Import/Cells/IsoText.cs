namespace LeadPredict.Training.Import.Cells;

/// <summary>Walks through a time written the ISO way, or nearly so. Each step is null when the text does not go on like that.</summary>
internal struct IsoText(string text)
{
    private int _place;

    /// <summary>Whether all of the text was read.</summary>
    public readonly bool AtEnd => _place == text.Length;

    /// <summary><c>yyyy-MM-dd</c> or <c>yyyy/MM/dd</c>.</summary>
    public DateTime? Date() =>
        Digits(4) is { } year and > 0 && OneOf('-', '/') && Digits(2) is { } month and >= 1 and <= 12 && OneOf('-', '/')
        && Digits(2) is { } day and >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTime(year, month, day)
            : null;

    /// <summary><c>T</c> or blank, then <c>HH:mm[:ss[.fffffffff]]</c> and a blank if one follows.</summary>
    public TimeSpan? TimeOfDay()
    {
        if (!OneOf('T', ' ') || Digits(2) is not ({ } hour and <= 23) || !OneOf(':', ':') || Digits(2) is not ({ } minute and <= 59))
        {
            return null;
        }

        int second = 0;
        long ticks = 0;
        if (OneOf(':', ':'))
        {
            if (Digits(2) is not ({ } whole and <= 59))
            {
                return null;
            }

            second = whole;
            if (OneOf('.', ','))
            {
                if (Fraction() is not { } fraction)
                {
                    return null;
                }

                ticks = fraction;
            }
        }

        OneOf(' ', ' ');
        return new TimeSpan(hour, minute, second) + TimeSpan.FromTicks(ticks);
    }

    /// <summary>Whether the rest is <c>Z</c>, <c>UTC</c> or <c>GMT</c>.</summary>
    public readonly bool Utc() => text.AsSpan(_place) is "Z" or "z" or "UTC" or "GMT";

    /// <summary><c>+01:00</c>, <c>+0100</c> or <c>+01</c>.</summary>
    public TimeSpan? Offset()
    {
        if (AtEnd || text[_place] is not ('+' or '-'))
        {
            return null;
        }

        int sign = text[_place++] == '-' ? -1 : 1;
        if (Digits(2) is not ({ } hours and <= 14))
        {
            return null;
        }

        if (AtEnd)
        {
            return TimeSpan.FromHours(sign * hours);
        }

        OneOf(':', ':');
        return Digits(2) is { } minutes and <= 59 && (hours < 14 || minutes == 0)
            ? TimeSpan.FromMinutes(sign * ((hours * 60) + minutes))
            : null;
    }

    private int? Digits(int count)
    {
        if (_place + count > text.Length)
        {
            return null;
        }

        int number = 0;
        for (int end = _place + count; _place < end; _place++)
        {
            if (!char.IsAsciiDigit(text[_place]))
            {
                return null;
            }

            number = (number * 10) + text[_place] - '0';
        }

        return number;
    }

    private long? Fraction()
    {
        long ticks = 0;
        int digits = 0;
        for (; !AtEnd && char.IsAsciiDigit(text[_place]); _place++, digits++)
        {
            ticks = digits < 7 ? (ticks * 10) + text[_place] - '0' : ticks;
        }

        for (int i = digits; i < 7; i++)
        {
            ticks *= 10;
        }

        return digits is > 0 and <= 9 ? ticks : null;
    }

    private bool OneOf(char one, char other)
    {
        if (AtEnd || (text[_place] != one && text[_place] != other))
        {
            return false;
        }

        _place++;
        return true;
    }
}

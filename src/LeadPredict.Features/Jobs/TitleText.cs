namespace LeadPredict.Features.Jobs;

/// <summary>A job title made comparable: lower case, without accents, words parted by single spaces, a space at either end.</summary>
internal static class TitleText
{
    /// <summary>Longer titles are cut.</summary>
    public const int MaximumLength = 160;

    private const string Accented = "àáâãäåāăąçćčďèéêëēęěğìíîïīıłñńňòóôõöøōőŕřśşšťùúûüūůűýÿźżžßæœ";
    private const string Plain = "aaaaaaaaacccdeeeeeeegiiiiiilnnnoooooooorrssstuuuuuuuyyzzzsao";

    /// <summary>Writes the comparable form and returns its length; <paramref name="destination"/> has at least <see cref="MaximumLength"/> characters.</summary>
    public static int Normalize(ReadOnlySpan<char> title, Span<char> destination)
    {
        int length = 0;
        destination[length++] = ' ';
        foreach (char raw in title)
        {
            if (length >= MaximumLength - 1)
            {
                break;
            }

            char c = char.ToLowerInvariant(raw);
            int accent = c < 128 ? -1 : Accented.IndexOf(c);
            c = accent >= 0 ? Plain[accent] : c;
            if (char.IsLetterOrDigit(c))
            {
                destination[length++] = c;
            }
            else if (c is not ('.' or '\'' or '’') && destination[length - 1] != ' ')
            {
                destination[length++] = ' ';
            }
        }

        if (destination[length - 1] != ' ')
        {
            destination[length++] = ' ';
        }

        return length;
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace LeadPredict.Training.Hosting;

/// <summary>
/// Options and arguments that take a number. It is written with a point and without marks for thousands, whatever the machine's culture: the
/// platform's own reading takes <c>12000,50</c> for 1,200,050.
/// </summary>
internal static class NumberOptions
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;
    private const NumberStyles Fraction = Whole | NumberStyles.AllowDecimalPoint;

    /// <summary>Refuses what is no whole number from <paramref name="least"/> to <paramref name="most"/>, both included, with what was found and expected.</summary>
    public static void AcceptBetween(this Option<int> option, int least, int most) => option.CustomParser = result => ReadBetween(result, least, most);

    /// <summary>The same for an option without a default.</summary>
    public static void AcceptBetween(this Option<int?> option, int least, int most) => option.CustomParser = result => ReadBetween(result, least, most);

    /// <summary>Has all numbers of a command and of those below it read so; call it when all are there.</summary>
    public static void ReadNumbersAsWritten(this Command command)
    {
        foreach (Option option in command.Options)
        {
            ReadAsWritten(option);
        }

        foreach (Argument<long> argument in command.Arguments.OfType<Argument<long>>())
        {
            argument.CustomParser ??= result => ReadWhole<long>(result);
        }

        foreach (Command below in command.Subcommands)
        {
            below.ReadNumbersAsWritten();
        }
    }

    private static void ReadAsWritten(Option option)
    {
        switch (option)
        {
            case Option<int> whole:
                whole.CustomParser ??= result => ReadWhole<int>(result);
                break;
            case Option<int?> whole:
                whole.CustomParser ??= result => ReadWhole<int>(result);
                break;
            case Option<long> whole:
                whole.CustomParser ??= result => ReadWhole<long>(result);
                break;
            case Option<double?> number:
                number.CustomParser ??= result => Read(result, Fraction | NumberStyles.AllowExponent, "a number such as 0.25", (double read) => double.IsFinite(read));
                break;
            case Option<decimal?> number:
                number.CustomParser ??= result => Read(result, Fraction, "a number such as 12000.50", (decimal _) => true);
                break;
        }
    }

    private static int ReadBetween(ArgumentResult result, int least, int most) =>
        Read(result, Whole, $"{least} to {most}", (int number) => number >= least && number <= most);

    private static T ReadWhole<T>(ArgumentResult result)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => Read(result, Whole, $"a whole number from {T.MinValue} to {T.MaxValue}", (T _) => true);

    /// <summary>The number of the only token, or a fault and 0.</summary>
    private static T Read<T>(ArgumentResult result, NumberStyles style, string expected, Func<T, bool> fits)
        where T : struct, INumberBase<T>
    {
        string text = result.Tokens is [var token] ? token.Value : "";
        if (T.TryParse(text, style, CultureInfo.InvariantCulture, out T number) && fits(number))
        {
            return number;
        }

        string name = result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
        result.AddError($"{name}: expected {expected}, found '{text}'");
        return default;
    }
}

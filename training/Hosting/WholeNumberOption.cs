using System.CommandLine;
using System.Globalization;

namespace LeadPredict.Training.Hosting;

/// <summary>Options that take a whole number within bounds.</summary>
internal static class WholeNumberOption
{
    /// <summary>Refuses what is no whole number from <paramref name="least"/> to <paramref name="most"/>, both included, with what was found and expected.</summary>
    public static void AcceptBetween(this Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        // Asking the result for its number would throw where the text is none.
        if (result.Tokens is [var token]
            && !(int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most))
        {
            result.AddError($"{option.Name}: expected {least} to {most}, found '{token.Value}'");
        }
    });
}

namespace LeadPredict.Learning.Training;

/// <summary>A training option outside its range, or a learner that is not registered.</summary>
public sealed class TrainerOptionException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="option">The option's name as in <see cref="TrainerOptions"/>.</param>
    /// <param name="found">The value found.</param>
    /// <param name="expected">The values allowed.</param>
    public TrainerOptionException(string option, string found, string expected)
        : base($"Training option {option} is {found}; expected {expected}.")
    {
        Option = option;
        Found = found;
        Expected = expected;
    }

    /// <summary>The option's name as in <see cref="TrainerOptions"/>.</summary>
    public string Option { get; }

    /// <summary>The value found.</summary>
    public string Found { get; }

    /// <summary>The values allowed.</summary>
    public string Expected { get; }
}

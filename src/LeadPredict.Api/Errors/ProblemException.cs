using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Errors;

/// <summary>A request that is answered with a problem; handlers throw it where no other exception says it better.</summary>
internal sealed class ProblemException(ProblemKind kind, string detail, params RequestFault[] faults) : Exception(detail)
{
    public ProblemKind Kind { get; } = kind;

    public IReadOnlyList<RequestFault> Faults { get; } = faults;
}

/// <summary>What sort of problem it is. <see cref="ProblemMapping"/> alone knows the status codes.</summary>
internal enum ProblemKind
{
    NotFound,
    TooLarge,
    UnsupportedContent,
    NotReady,
    Forbidden,
    Conflict,
    KeyNeeded,
    SignatureWrong,
    Busy,
}

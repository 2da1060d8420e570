using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Errors;

/// <summary>One part of a request cannot be answered: the problem is that of the part, its faults are told as of the whole.</summary>
/// <param name="fault">What is wrong with the part; <see cref="ProblemMapping"/> knows it.</param>
/// <param name="place">From a fault of the part to one of the whole.</param>
internal sealed class PartFaultException(Exception fault, Func<RequestFault, RequestFault> place) : Exception(fault.Message, fault)
{
    public Func<RequestFault, RequestFault> Place { get; } = place;
}

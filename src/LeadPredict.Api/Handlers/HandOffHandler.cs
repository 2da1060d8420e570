using LeadPredict.Api.Boards;
using LeadPredict.Api.Errors;
using LeadPredict.Api.HandOff;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Rescoring;
using LeadPredict.Api.Security;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Scorecard.Reading;
using LeadPredict.Storage.HandOff;

namespace LeadPredict.Api.Handlers;

/// <summary>Takes decisions about leads and adopts definitions.</summary>
internal sealed class HandOffHandler(LeadPredictApiOptions options, BoardKeeper boards, AdminAudit audit, ChangedLeads changed)
{
    public async Task<HandOffDone> DecideAsync(HandOffOrder order, CancellationToken cancellation)
    {
        HandOffDone done = await Desk().DecideAsync(order, cancellation)
            ?? throw new ProblemException(ProblemKind.NotFound, "The store has no such lead.", new RequestFault("/leadId", "an identifier that is not in the store", "the identifier of a stored lead"));
        changed.Note(done.LeadId);
        await boards.DecidedAsync([done.LeadId]);
        return done;
    }

    public Task<HandOffTimeline> DefinitionsAsync(CancellationToken cancellation) => Desk().DefinitionsAsync(cancellation);

    public async Task<HandOffDefinition> AdoptAsync(HttpContext context, string yaml, CancellationToken cancellation)
    {
        try
        {
            HandOffDesk desk = Desk();
            (HandOffDefinition definition, _) = await audit.DoAsync(
                context, "adopt definitions", "definitions", () => desk.AdoptAsync(yaml, "the body", Caller.Of(context).Name, cancellation));
            boards.Invalidate();
            return definition;
        }
        catch (ScorecardFormatException faults)
        {
            throw new RequestFaultsException([.. faults.Faults.Take(RequestLimits.Faults)
                .Select(fault => new RequestFault("", $"line {fault.Line}, column {fault.Column}: {fault.Found}", fault.Expected))]);
        }
        catch (DefinitionsConflictException taken)
        {
            throw new ProblemException(ProblemKind.Conflict, taken.Message);
        }
    }

    public HandOffDesk Desk() => new(
        options.Store ?? throw new ProblemException(ProblemKind.NotReady, "This service has no store: start it with --store."), options.Time);
}

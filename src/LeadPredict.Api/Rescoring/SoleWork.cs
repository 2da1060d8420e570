using System.Security.Cryptography;
using LeadPredict.Storage.Outbox;

namespace LeadPredict.Api.Rescoring;

/// <summary>
/// The right to do a work that of several services one may do at a time. It is asked for again only when what is left of it is too short for a step, so that a
/// service with nothing to do does not write to the store with every look. One caller at a time.
/// </summary>
/// <param name="name">The work.</param>
/// <param name="length">How long the right is good; where its holder is killed the work rests as long.</param>
/// <param name="step">What a step takes at most.</param>
internal sealed class SoleWork(string name, TimeSpan length, TimeSpan step)
{
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
    private DateTimeOffset _until;

    /// <summary>Takes or keeps the right.</summary>
    /// <returns>Whether a step may begin now.</returns>
    /// <exception cref="Storage.Errors.StorageException">The store cannot say.</exception>
    public async Task<bool> HoldAsync(IOutbox outbox, DateTimeOffset now, CancellationToken cancellation)
    {
        // A clock that was put back says nothing of how old the right is.
        if (now + step <= _until && now >= _until - length)
        {
            return true;
        }

        bool isOurs = await outbox.TakeAsync(name, _owner, now, length, cancellation);
        _until = isOurs ? now + length : now;
        return isOurs;
    }
}

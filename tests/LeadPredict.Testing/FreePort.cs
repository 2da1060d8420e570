using System.Net;
using System.Net.Sockets;

namespace LeadPredict.Testing;

/// <summary>
/// Ports of 127.0.0.1 for servers that start later, or that start again on the same port. They lie below those that a system gives to outgoing connections
/// and to whoever asks for port 0 (from 32768 on Linux, from 49152 elsewhere): one of those can be taken while its server is down. Thread-safe.
/// </summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int Ports = 12_000;
    private static int _next = Environment.ProcessId * 97; // processes side by side start apart

    /// <summary>A port that nothing listens on, never the same twice in a process.</summary>
    public static int Next()
    {
        while (true)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _next) % Ports);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
    }
}

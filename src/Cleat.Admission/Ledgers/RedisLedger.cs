using Cleat.Admission.Hosting;
using StackExchange.Redis;

namespace Cleat.Admission.Ledgers;

/// <summary>The ledger in Redis or Valkey: <c>SET NX</c>, so that replicas agree. A Redis that is gone costs a short wait now and then, never a review.</summary>
internal sealed partial class RedisLedger : ISharedLedger, IAsyncDisposable
{
    // a revision that gets no pod for so long is recovered from its living pods
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private readonly ConnectionMultiplexer connection;
    private readonly Metrics metrics;
    private readonly ILogger log;

    private RedisLedger(ConnectionMultiplexer connection, Metrics metrics, ILogger log)
    {
        this.connection = connection;
        this.metrics = metrics;
        this.log = log;
        connection.ConnectionFailed += (_, e) => Lost(log, e.FailureType.ToString());
        connection.ConnectionRestored += (_, _) => Back(log);
    }

    /// <summary>True while Redis can be asked.</summary>
    public bool IsConnected => connection.IsConnected;

    /// <param name="place"><c>host:port</c>, with more of StackExchange.Redis's settings behind commas.</param>
    /// <param name="password">Null for none.</param>
    /// <exception cref="CleatException">It cannot be read.</exception>
    public static async Task<RedisLedger> ConnectAsync(string place, string? password, Metrics metrics, ILogger log)
    {
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(place);
        }
        catch (ArgumentException e)
        {
            throw new CleatException($"--redis is host:port, and settings behind commas: {e.Message}");
        }

        (options.AbortOnConnectFail, options.ConnectTimeout, options.AsyncTimeout, options.SyncTimeout) = (false, 1000, 250, 250);
        (options.ConnectRetry, options.ReconnectRetryPolicy, options.BacklogPolicy, options.ClientName) = (1, new LinearRetry(500), BacklogPolicy.FailFast, "cleat-admission");
        options.Password = password ?? options.Password;
        return new(await ConnectionMultiplexer.ConnectAsync(options), metrics, log);
    }

    public async Task<string?> GetAsync(LedgerKey key)
    {
        try
        {
            return connection.IsConnected ? Digest(await connection.GetDatabase().StringGetAsync($"cleat:pin:{key}")) : null;
        }
        catch (Exception e) when (IsGone(e))
        {
            metrics.Count("cleat_redis_errors_total");
            return null;
        }
    }

    public async Task<string> SetOnceAsync(LedgerKey key, string digest)
    {
        try
        {
            if (!connection.IsConnected)
            {
                return digest;
            }

            var database = connection.GetDatabase();
            return await database.StringSetAsync($"cleat:pin:{key}", digest, Kept, When.NotExists) ? digest
                : Digest(await database.StringGetAsync($"cleat:pin:{key}")) ?? digest;
        }
        catch (Exception e) when (IsGone(e))
        {
            metrics.Count("cleat_redis_errors_total");
            return digest;
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static bool IsGone(Exception e) => e is RedisException or TimeoutException or ObjectDisposedException;

    // who may write there may write anything: what is no digest is not used
    private static string? Digest(RedisValue value) => (string?)value is { } text && References.Digest.TryParse(text, out _, out _) ? text : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis is gone ({Why}): replicas agree by living pods until it is back")]
    private static partial void Lost(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis is back")]
    private static partial void Back(ILogger log);
}

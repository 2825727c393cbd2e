namespace Gateway.Tests.Edge.Documents;

/// <summary>A tag of a third party, in the form in which sites embed it.</summary>
/// <param name="Host">First label of the host name from which it loads.</param>
/// <param name="Snippet">What the site has in its page. <c>{host}</c> is the address without the scheme.</param>
/// <param name="Script">The path and query of the script that the snippet loads, and that script: it only does what such a script does.</param>
/// <param name="Use">What the page calls later, as after a click.</param>
/// <param name="Sent">The paths that the script requests, in addition to its own: for the page view and for the call.</param>
internal sealed record UsualTag(string Host, string Snippet, (string Target, string Text) Script, string Use, string[] Sent)
{
    /// <summary>All requests of the tag: path and, where it matters, query.</summary>
    public IEnumerable<string> Requests => Sent.Prepend(Script.Target).Select(target => $"{Host} {target}");
}

/// <summary>The usual tags, with stand-ins for their scripts. Each stand-in sends in a different way.</summary>
internal static class UsualTags
{
    public static readonly IReadOnlyList<UsualTag> All =
    [
        new("matomo",
            """
            <!-- Matomo -->
            <script>
              var _paq = window._paq = window._paq || [];
              _paq.push(['disableCookies']);
              _paq.push(['trackPageView']);
              _paq.push(['enableLinkTracking']);
              (function() {
                var u = "//{host}/";
                _paq.push(['setTrackerUrl', u + 'matomo.php']);
                _paq.push(['setSiteId', '1']);
                var d = document, g = d.createElement('script'), s = d.getElementsByTagName('script')[0];
                g.async = true; g.src = u + 'matomo.js'; s.parentNode.insertBefore(g, s);
              })();
            </script>
            <noscript><p><img referrerpolicy="no-referrer-when-downgrade" src="//{host}/matomo.php?idsite=1&amp;rec=1&amp;noscript=1" style="border:0;" alt="" /></p></noscript>
            """,
            ("/matomo.js", """
             (function () {
               var url, site, held = [];
               function send(what) { navigator.sendBeacon(url + "?idsite=" + site + "&rec=1&" + what, ""); }
               function run(call) {
                 if (call[0] === "setTrackerUrl") url = call[1];
                 else if (call[0] === "setSiteId") site = call[1];
                 else if (call[0] === "trackPageView") held.push("page=1");
                 else if (call[0] === "trackEvent") held.push("event=1");
                 if (url && site) held.splice(0).forEach(send);
               }
               _paq.forEach(run);
               _paq = window._paq = { push: run };
             })();
             """),
            "_paq.push(['trackEvent', 'form', 'sent'])", ["/matomo.php?idsite=1&rec=1&page=1", "/matomo.php?idsite=1&rec=1&event=1"]),

        new("manager",
            """
            <!-- Google Tag Manager -->
            <script>(function(w, d, s, l, i) { w[l] = w[l] || []; w[l].push({ 'gtm.start': new Date().getTime(), event: 'gtm.js' });
            var f = d.getElementsByTagName(s)[0], j = d.createElement(s), dl = l != 'dataLayer' ? '&l=' + l : ''; j.async = true;
            j.src = '//{host}/gtm.js?id=' + i + dl; f.parentNode.insertBefore(j, f); })(window, document, 'script', 'dataLayer', 'GTM-TEST');</script>
            <noscript><iframe src="//{host}/ns.html?id=GTM-TEST" height="0" width="0" style="display:none;visibility:hidden"></iframe></noscript>
            """,
            ("/gtm.js?id=GTM-TEST", """
             (function () {
               var address = new URL(document.currentScript.src).origin;
               var frame = document.createElement("iframe");
               frame.hidden = true;
               frame.src = address + "/sw_iframe.html";
               document.body.append(frame);
               var custom = document.createElement("script");
               custom.text = "new Image().src = '" + address + "/td?event=page'";
               document.head.append(custom);
               var before = dataLayer.push;
               dataLayer.push = function (item) { if (item.event === "sent") new Image().src = address + "/td?event=sent"; return before.apply(dataLayer, arguments); };
             })();
             """),
            "dataLayer.push({ event: 'sent' })", ["/sw_iframe.html", "/td?event=page", "/td?event=sent"]),

        new("analytics",
            """
            <!-- Google tag (gtag.js) -->
            <script async src="//{host}/gtag/js?id=G-TEST"></script>
            <script>
              window.dataLayer = window.dataLayer || [];
              function gtag(){dataLayer.push(arguments);}
              gtag('consent', 'default', { ad_storage: 'denied', analytics_storage: 'denied' });
              gtag('js', new Date());
              gtag('config', 'G-TEST');
            </script>
            """,
            ("/gtag/js?id=G-TEST", """
             (function () {
               var address = new URL(document.currentScript.src).origin;
               function run(item) {
                 var name = item[0] === "config" ? "page_view" : item[0] === "event" ? item[1] : "";
                 if (name) fetch(address + "/g/collect?en=" + name, { method: "POST", keepalive: true, mode: "no-cors" });
               }
               dataLayer.forEach(run);
               var before = dataLayer.push;
               dataLayer.push = function (item) { run(item); return before.apply(dataLayer, arguments); };
             })();
             """),
            "gtag('event', 'sent')", ["/g/collect?en=page_view", "/g/collect?en=sent"]),

        new("pixel",
            """
            <!-- Meta Pixel -->
            <script>
            !function(f,b,e,v,n,t,s){if(f.fbq)return;n=f.fbq=function(){n.callMethod?n.callMethod.apply(n,arguments):n.queue.push(arguments)};
            if(!f._fbq)f._fbq=n;n.push=n;n.loaded=!0;n.version='2.0';n.queue=[];t=b.createElement(e);t.async=!0;t.src=v;
            s=b.getElementsByTagName(e)[0];s.parentNode.insertBefore(t,s)}(window,document,'script','//{host}/en_US/fbevents.js');
            fbq('init', '1');
            fbq('track', 'PageView');
            </script>
            <noscript><img height="1" width="1" style="display:none" src="//{host}/tr?id=1&amp;ev=PageView&amp;noscript=1" /></noscript>
            """,
            ("/en_US/fbevents.js", """
             (function () {
               var address = new URL(document.currentScript.src).origin;
               fbq.callMethod = function (method, what) { if (method === "track") new Image(1, 1).src = address + "/tr?ev=" + what; };
               fbq.queue.forEach(function (call) { fbq.callMethod.apply(fbq, call); });
             })();
             """),
            "fbq('track', 'Lead')", ["/tr?ev=PageView", "/tr?ev=Lead"]),

        new("insight",
            """
            <!-- LinkedIn Insight -->
            <script type="text/javascript">
            _linkedin_partner_id = "1"; window._linkedin_data_partner_ids = window._linkedin_data_partner_ids || [];
            window._linkedin_data_partner_ids.push(_linkedin_partner_id);
            </script><script type="text/javascript">
            (function(l) { if (!l) { window.lintrk = function(a, b) { window.lintrk.q.push([a, b]) }; window.lintrk.q = [] }
            var s = document.getElementsByTagName("script")[0]; var b = document.createElement("script"); b.type = "text/javascript"; b.async = true;
            b.src = "//{host}/li.lms-analytics/insight.min.js"; s.parentNode.insertBefore(b, s); })(window.lintrk);
            </script>
            <noscript><img height="1" width="1" style="display:none;" alt="" src="//{host}/collect/?pid=1&amp;fmt=gif" /></noscript>
            """,
            ("/li.lms-analytics/insight.min.js", """
             (function () {
               var address = new URL(document.currentScript.src).origin;
               function send(call) { var x = new XMLHttpRequest(); x.open("POST", address + "/collect?event=" + call[0]); x.send(""); }
               send(["page"]);
               lintrk.q.forEach(send);
               window.lintrk = function (a, b) { send([a, b]); };
             })();
             """),
            "lintrk('track', { conversion_id: 1 })", ["/collect?event=page", "/collect?event=track"]),

        new("replay",
            """
            <!-- Hotjar Tracking Code -->
            <script>
            (function(h,o,t,j,a,r){
              h.hj=h.hj||function(){(h.hj.q=h.hj.q||[]).push(arguments)};
              h._hjSettings={hjid:1,hjsv:6};
              a=o.getElementsByTagName('head')[0];
              r=o.createElement('script');r.async=1;
              r.src=t+h._hjSettings.hjid+j+h._hjSettings.hjsv;
              a.appendChild(r);
            })(window,document,'//{host}/c/hotjar-','.js?sv=');
            </script>
            """,
            ("/c/hotjar-1.js?sv=6", """
             (function () {
               var host = new URL(document.currentScript.src).host;
               function send(what) { new WebSocket("ws://" + host + "/socket?" + what); }
               send("page");
               (hj.q || []).forEach(function (call) { send(call[1]); });
               window.hj = function (type, name) { send(name); };
             })();
             """),
            "hj('event', 'sent')", ["/socket?page", "/socket?sent"]),

        new("heatmap",
            """
            <!-- Clarity -->
            <script type="text/javascript">
            (function(c,l,a,r,i,t,y){
              c[a]=c[a]||function(){(c[a].q=c[a].q||[]).push(arguments)};
              t=l.createElement(r);t.async=1;t.src="//{host}/tag/"+i;
              y=l.getElementsByTagName(r)[0];y.parentNode.insertBefore(t,y);
            })(window, document, "clarity", "script", "test");
            </script>
            """,
            ("/tag/test", """
             (function () {
               var address = new URL(document.currentScript.src).origin;
               var code = "onmessage = function (e) { fetch('" + address + "/collect?' + e.data, { mode: 'no-cors' }) }";
               var worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
               worker.postMessage("page");
               (clarity.q || []).forEach(function (call) { worker.postMessage(call[1]); });
               window.clarity = function (type, name) { worker.postMessage(name); };
             })();
             """),
            "clarity('event', 'sent')", ["/collect?page", "/collect?sent"]),
    ];

    /// <summary>Answers as all third parties do, each by its host. Other hosts have documents only.</summary>
    public static Task AnswerAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.CacheControl = "no-store";
        var tag = All.FirstOrDefault(tag => context.Request.Host.Host.StartsWith(tag.Host, StringComparison.Ordinal));
        var isScript = tag?.Script.Target == $"{context.Request.Path}{context.Request.QueryString}";
        context.Response.ContentType = isScript ? "text/javascript" : context.Request.Path.Value!.EndsWith(".html", StringComparison.Ordinal) ? "text/html" : "image/gif";
        return context.Response.WriteAsync(isScript ? tag!.Script.Text : "");
    }
}

using Gateway.Texts;

namespace Gateway.Config.Rules;

/// <summary>The established labels of the "Accept all" and "Refuse all" buttons, and the limit for the difference of their lengths.</summary>
internal static class ButtonLabels
{
    /// <summary>The maximum ratio of the length of the longer label to that of the shorter one.</summary>
    private const double MaximumRatio = 2.2;

    /// <summary>The established labels in each language.</summary>
    private static readonly (string Language, string Accepting, string Refusing)[] Established =
    [
        ("ar", "قبول الكل|قبول الجميع|قبول جميع ملفات تعريف الارتباط|قبول", "رفض الكل|رفض الجميع|رفض جميع ملفات تعريف الارتباط|رفض"),
        ("bg", "Приемане на всички|Приемам всички|Приеми всички|Приемане", "Отказ на всички|Отказвам всички|Отхвърляне на всички|Отхвърли всички|Отказ"),
        ("ca", "Accepta-ho tot|Accepta-les totes|Accepta totes les galetes|Accepta", "Rebutja-ho tot|Rebutja-les totes|Rebutja totes les galetes|Rebutja"),
        ("cs", "Přijmout vše|Přijmout všechny cookies|Přijmout", "Odmítnout vše|Odmítnout všechny cookies|Odmítnout"),
        ("da", "Accepter alle|Tillad alle|Accepter alle cookies|Accepter", "Afvis alle|Afvis alle cookies|Afvis"),
        ("de", "Alle akzeptieren|Alles akzeptieren|Allen zustimmen|Alle Cookies akzeptieren|Akzeptieren|Zustimmen", "Alle ablehnen|Alles ablehnen|Alle Cookies ablehnen|Ablehnen"),
        ("el", "Αποδοχή όλων|Αποδοχή όλων των cookies|Αποδοχή", "Απόρριψη όλων|Απόρριψη όλων των cookies|Απόρριψη"),
        ("en", "Accept all|Allow all|Accept all cookies|Allow all cookies|Accept|Allow", "Refuse all|Reject all|Decline all|Refuse all cookies|Reject all cookies|Decline all cookies|Refuse|Reject|Decline"),
        ("es", "Aceptar todo|Aceptar todas|Aceptar todas las cookies|Aceptar", "Rechazar todo|Rechazar todas|Rechazar todas las cookies|Rechazar"),
        ("et", "Nõustu kõigega|Nõustu kõigiga|Nõustun kõigiga|Luba kõik|Nõustu", "Keeldu kõigest|Keeldu kõigist|Keeldun kõigist|Lükka kõik tagasi|Keeldu"),
        ("eu", "Onartu guztiak|Onartu dena|Onartu cookie guztiak|Onartu", "Baztertu guztiak|Baztertu dena|Baztertu cookie guztiak|Ukatu guztiak|Baztertu"),
        ("fi", "Hyväksy kaikki|Salli kaikki|Hyväksy kaikki evästeet|Hyväksy", "Hylkää kaikki|Kiellä kaikki|Hylkää kaikki evästeet|Hylkää"),
        ("fr", "Tout accepter|Accepter tout|Accepter tous les cookies|Accepter", "Tout refuser|Refuser tout|Tout rejeter|Refuser tous les cookies|Refuser"),
        ("ga", "Glac le gach ceann|Glac leo uile|Glac le gach fianán|Glac leis", "Diúltaigh do gach ceann|Diúltaigh dóibh uile|Diúltaigh do gach fianán|Diúltaigh"),
        ("hr", "Prihvati sve|Prihvati sve kolačiće|Prihvati", "Odbij sve|Odbij sve kolačiće|Odbij"),
        ("hu", "Az összes elfogadása|Összes elfogadása|Mindet elfogadom|Elfogadás|Elfogadom", "Az összes elutasítása|Összes elutasítása|Mindet elutasítom|Elutasítás|Elutasítom"),
        ("is", "Samþykkja allt|Samþykkja allar|Samþykkja allar vafrakökur|Samþykkja", "Hafna öllu|Hafna öllum|Hafna öllum vafrakökum|Hafna"),
        ("it", "Accetta tutto|Accetta tutti|Accetta tutti i cookie|Accetta", "Rifiuta tutto|Rifiuta tutti|Rifiuta tutti i cookie|Rifiuta"),
        ("lt", "Priimti visus|Sutikti su visais|Priimti visus slapukus|Sutikti", "Atmesti visus|Atsisakyti visų|Atmesti visus slapukus|Atmesti|Nesutikti"),
        ("lv", "Pieņemt visu|Pieņemt visas|Pieņemt visas sīkdatnes|Pieņemt", "Noraidīt visu|Noraidīt visas|Noraidīt visas sīkdatnes|Noraidīt"),
        ("mt", "Aċċetta kollox|Aċċetta l-cookies kollha|Aċċetta", "Irrifjuta kollox|Irrifjuta l-cookies kollha|Irrifjuta"),
        ("nb", "Godta alle|Tillat alle|Godta alle informasjonskapsler|Godta", "Avvis alle|Avslå alle|Avvis alle informasjonskapsler|Avvis|Avslå"),
        ("nl", "Alles accepteren|Alle cookies accepteren|Alles toestaan|Accepteren", "Alles weigeren|Alles afwijzen|Alle cookies weigeren|Weigeren|Afwijzen"),
        ("pl", "Zaakceptuj wszystkie|Zaakceptuj wszystko|Akceptuj wszystkie|Zaakceptuj wszystkie pliki cookie|Zaakceptuj", "Odrzuć wszystkie|Odrzuć wszystko|Odrzuć wszystkie pliki cookie|Odrzuć"),
        ("pt", "Aceitar tudo|Aceitar todos|Aceitar todos os cookies|Aceitar", "Recusar tudo|Rejeitar tudo|Recusar todos|Rejeitar todos|Recusar todos os cookies|Recusar|Rejeitar"),
        ("ro", "Acceptă tot|Acceptă toate|Accept toate|Acceptă", "Refuză tot|Respinge tot|Refuză toate|Respinge toate|Refuză|Respinge"),
        ("sk", "Prijať všetko|Prijať všetky|Prijať všetky súbory cookie|Prijať", "Odmietnuť všetko|Odmietnuť všetky|Odmietnuť všetky súbory cookie|Odmietnuť"),
        ("sl", "Sprejmi vse|Sprejmi vse piškotke|Sprejmi", "Zavrni vse|Zavrni vse piškotke|Zavrni"),
        ("sv", "Godkänn alla|Acceptera alla|Tillåt alla|Godkänn alla kakor|Godkänn|Acceptera", "Avvisa alla|Neka alla|Avböj alla|Avvisa alla kakor|Avvisa|Neka"),
        ("tr", "Tümünü kabul et|Hepsini kabul et|Tüm çerezleri kabul et|Kabul et", "Tümünü reddet|Hepsini reddet|Tüm çerezleri reddet|Reddet"),
        ("uk", "Прийняти все|Прийняти всі|Дозволити все|Прийняти", "Відхилити все|Відхилити всі|Відмовитися від усіх|Відхилити"),
    ];

    /// <summary>The labels of the "Accept all" button, the built-in label first.</summary>
    public static IEnumerable<string> Accepting(string language) => Of(language, "choice.accept", row => row.Accepting);

    /// <summary>The labels of the "Refuse all" button, the built-in label first.</summary>
    public static IEnumerable<string> Refusing(string language) => Of(language, "choice.refuse", row => row.Refusing);

    /// <summary>Whether the labels are similar enough in length that neither button is more prominent.</summary>
    public static bool AreAlike(string accept, string refuse) =>
        Math.Max(accept.Length, refuse.Length) <= MaximumRatio * Math.Min(accept.Length, refuse.Length);

    private static IEnumerable<string> Of(string language, string key, Func<(string, string Accepting, string Refusing), string> column) =>
        Established.Where(row => row.Language == language).SelectMany(row => column(row).Split('|')).Prepend(Translations.For(language)[key]).Distinct();
}

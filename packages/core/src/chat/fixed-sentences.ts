import { type StemmedLanguage, textLanguage } from '../retrieval/text-language.ts';
import type { AnswerReader } from './answer-reader.ts';
import { visitorSentences } from './visitor-sentences.ts';

/** What the program itself says in an answer. */
export interface FixedSentences {
  /** Before quoted sentences. */
  fromDocuments: string;
  /** Instead, where the documents may be about something else. */
  nearestQuoted: string;
  nothingFound: string;
  /** After `nothingFound`, where there are sources. */
  nearestListed: string;
  /** After a model's word that the passages do not answer. */
  nearestDoNotSay: string;
  emptyLibrary: string;
  stillReading: string;
  emptyPart: string;
  uncited: string;
  cutOff: string;
}

const sentences: Record<StemmedLanguage, FixedSentences> = {
  en: {
    fromDocuments: 'From your documents:',
    nearestQuoted: 'I found nothing in your documents that surely answers this. What comes nearest:',
    nothingFound: 'I found nothing in your documents that answers this.',
    nearestListed: 'The nearest passages are listed as sources; they may be about something else.',
    nearestDoNotSay: 'The passages listed as sources come nearest to your question, and none of them answers it.',
    emptyLibrary: 'There are no documents to answer from yet. Add some, or load the sample collection, then ask again.',
    stillReading:
      'Your documents are still being read, so there is nothing to answer from yet. Ask again when the first one is ready.',
    emptyPart:
      'The part of your library that you asked has no documents that are ready. Add some to it, or ask everything.',
    uncited: 'No passage of your documents was cited for this, so nothing backs it.',
    cutOff: 'The answer ends here because the model may write no more at once. Ask for the rest.',
  },
  de: {
    fromDocuments: 'Aus Ihren Dokumenten:',
    nearestQuoted: 'In Ihren Dokumenten habe ich nichts gefunden, was das sicher beantwortet. Am nächsten kommt:',
    nothingFound: 'In Ihren Dokumenten habe ich nichts gefunden, was das beantwortet.',
    nearestListed: 'Die nächstliegenden Stellen stehen unter den Quellen; sie können von anderem handeln.',
    nearestDoNotSay: 'Die Stellen unter den Quellen kommen Ihrer Frage am nächsten; keine beantwortet sie.',
    emptyLibrary:
      'Noch gibt es keine Dokumente, aus denen ich antworten kann. Fügen Sie welche hinzu oder laden Sie die Beispielsammlung und fragen Sie dann noch einmal.',
    stillReading: 'Ihre Dokumente werden noch gelesen. Fragen Sie noch einmal, sobald das erste fertig ist.',
    emptyPart:
      'Der gefragte Teil Ihrer Bibliothek hat keine fertigen Dokumente. Fügen Sie welche hinzu oder fragen Sie alle.',
    uncited: 'Hierfür wurde keine Stelle Ihrer Dokumente angeführt; nichts belegt es.',
    cutOff: 'Die Antwort endet hier, weil das Modell auf einmal nicht mehr schreiben darf. Fragen Sie nach dem Rest.',
  },
  fr: {
    fromDocuments: 'Dans vos documents :',
    nearestQuoted: 'Je n’ai rien trouvé dans vos documents qui réponde sûrement à cela. Ce qui s’en approche le plus :',
    nothingFound: 'Je n’ai rien trouvé dans vos documents qui réponde à cela.',
    nearestListed: 'Les passages les plus proches figurent parmi les sources ; ils peuvent traiter d’autre chose.',
    nearestDoNotSay: 'Les passages donnés en sources sont les plus proches de votre question ; aucun n’y répond.',
    emptyLibrary:
      'Il n’y a pas encore de documents pour répondre. Ajoutez-en, ou chargez la collection d’exemples, puis reposez la question.',
    stillReading: 'Vos documents sont en cours de lecture. Reposez la question dès que le premier est prêt.',
    emptyPart:
      'La partie interrogée de votre bibliothèque n’a pas de document prêt. Ajoutez-en, ou interrogez l’ensemble.',
    uncited: 'Aucun passage de vos documents n’a été cité pour cela ; rien ne l’étaye.',
    cutOff: 'La réponse s’arrête ici, car le modèle ne peut pas écrire davantage en une fois. Demandez la suite.',
  },
  es: {
    fromDocuments: 'De sus documentos:',
    nearestQuoted: 'No he encontrado en sus documentos nada que responda a esto con seguridad. Lo más cercano:',
    nothingFound: 'No he encontrado nada en sus documentos que responda a esto.',
    nearestListed: 'Los pasajes más cercanos figuran como fuentes; pueden tratar de otra cosa.',
    nearestDoNotSay: 'Los pasajes que figuran como fuentes son los más cercanos a su pregunta; ninguno la responde.',
    emptyLibrary:
      'Todavía no hay documentos con los que responder. Añada algunos o cargue la colección de ejemplo y pregunte de nuevo.',
    stillReading: 'Sus documentos aún se están leyendo. Pregunte de nuevo cuando el primero esté listo.',
    emptyPart:
      'La parte de su biblioteca por la que pregunta no tiene documentos listos. Añada algunos o pregunte a toda.',
    uncited: 'No se citó ningún pasaje de sus documentos para esto; nada lo respalda.',
    cutOff: 'La respuesta termina aquí porque el modelo no puede escribir más de una vez. Pida el resto.',
  },
  it: {
    fromDocuments: 'Dai suoi documenti:',
    nearestQuoted:
      'Non ho trovato nei suoi documenti nulla che risponda con certezza a questo. Ciò che si avvicina di più:',
    nothingFound: 'Non ho trovato nei suoi documenti nulla che risponda a questo.',
    nearestListed: 'I passaggi più vicini sono elencati tra le fonti; possono trattare di altro.',
    nearestDoNotSay: 'I passaggi elencati tra le fonti sono i più vicini alla sua domanda; nessuno vi risponde.',
    emptyLibrary:
      'Non ci sono ancora documenti da cui rispondere. Ne aggiunga, o carichi la raccolta di esempio, e chieda di nuovo.',
    stillReading: 'I suoi documenti sono ancora in lettura. Chieda di nuovo quando il primo è pronto.',
    emptyPart:
      'La parte della biblioteca interrogata non ha documenti pronti. Ne aggiunga, o interroghi tutta la biblioteca.',
    uncited: 'Per questo non è stato citato alcun passaggio dei suoi documenti; nulla lo sostiene.',
    cutOff: 'La risposta finisce qui perché il modello non può scrivere di più in una volta. Chieda il resto.',
  },
  pt: {
    fromDocuments: 'Dos seus documentos:',
    nearestQuoted: 'Não encontrei nos seus documentos nada que responda a isto com certeza. O que mais se aproxima:',
    nothingFound: 'Não encontrei nada nos seus documentos que responda a isto.',
    nearestListed: 'As passagens mais próximas estão nas fontes; podem tratar de outra coisa.',
    nearestDoNotSay: 'As passagens que estão nas fontes são as mais próximas da sua pergunta; nenhuma lhe responde.',
    emptyLibrary:
      'Ainda não há documentos com que responder. Adicione alguns, ou carregue a coleção de exemplo, e pergunte de novo.',
    stillReading: 'Os seus documentos ainda estão a ser lidos. Pergunte de novo quando o primeiro estiver pronto.',
    emptyPart: 'A parte da biblioteca a que perguntou não tem documentos prontos. Adicione alguns ou pergunte a toda.',
    uncited: 'Nenhuma passagem dos seus documentos foi citada para isto; nada o sustenta.',
    cutOff: 'A resposta termina aqui porque o modelo não pode escrever mais de uma vez. Peça o resto.',
  },
  nl: {
    fromDocuments: 'Uit uw documenten:',
    nearestQuoted:
      'Ik heb in uw documenten niets gevonden dat dit met zekerheid beantwoordt. Wat het dichtst in de buurt komt:',
    nothingFound: 'Ik heb in uw documenten niets gevonden dat dit beantwoordt.',
    nearestListed: 'De dichtstbijzijnde passages staan bij de bronnen; ze kunnen over iets anders gaan.',
    nearestDoNotSay: 'De passages bij de bronnen komen het dichtst bij uw vraag; geen ervan beantwoordt haar.',
    emptyLibrary:
      'Er zijn nog geen documenten om uit te antwoorden. Voeg er enkele toe, of laad de voorbeeldverzameling, en vraag het opnieuw.',
    stillReading: 'Uw documenten worden nog gelezen. Vraag het opnieuw zodra het eerste klaar is.',
    emptyPart:
      'Het gevraagde deel van uw bibliotheek heeft geen documenten die klaar zijn. Voeg er toe, of vraag alles.',
    uncited: 'Hiervoor is geen passage uit uw documenten aangehaald; niets ondersteunt het.',
    cutOff: 'Het antwoord eindigt hier omdat het model niet meer ineens mag schrijven. Vraag om de rest.',
  },
  sv: {
    fromDocuments: 'Ur dina dokument:',
    nearestQuoted: 'Jag hittade inget i dina dokument som säkert svarar på detta. Det som ligger närmast:',
    nothingFound: 'Jag hittade inget i dina dokument som svarar på detta.',
    nearestListed: 'De närmaste ställena finns bland källorna; de kan handla om något annat.',
    nearestDoNotSay: 'Ställena bland källorna ligger närmast din fråga; inget av dem besvarar den.',
    emptyLibrary:
      'Det finns inga dokument att svara ur ännu. Lägg till några, eller ladda exempelsamlingen, och fråga igen.',
    stillReading: 'Dina dokument läses fortfarande. Fråga igen när det första är klart.',
    emptyPart: 'Den del av biblioteket som du frågade har inga färdiga dokument. Lägg till några, eller fråga allt.',
    uncited: 'Inget ställe i dina dokument anfördes för detta; inget styrker det.',
    cutOff: 'Svaret slutar här eftersom modellen inte får skriva mer på en gång. Be om resten.',
  },
  da: {
    fromDocuments: 'Fra dine dokumenter:',
    nearestQuoted: 'Jeg fandt intet i dine dokumenter, der med sikkerhed svarer på dette. Det nærmeste:',
    nothingFound: 'Jeg fandt intet i dine dokumenter, der svarer på dette.',
    nearestListed: 'De nærmeste steder står blandt kilderne; de kan handle om noget andet.',
    nearestDoNotSay: 'Stederne blandt kilderne kommer tættest på dit spørgsmål; ingen af dem besvarer det.',
    emptyLibrary:
      'Der er endnu ingen dokumenter at svare ud fra. Tilføj nogle, eller indlæs eksempelsamlingen, og spørg igen.',
    stillReading: 'Dine dokumenter bliver stadig læst. Spørg igen, når det første er klar.',
    emptyPart: 'Den del af biblioteket, du spurgte, har ingen færdige dokumenter. Tilføj nogle, eller spørg det hele.',
    uncited: 'Intet sted i dine dokumenter blev anført for dette; intet underbygger det.',
    cutOff: 'Svaret slutter her, fordi modellen ikke må skrive mere på én gang. Bed om resten.',
  },
  no: {
    fromDocuments: 'Fra dokumentene dine:',
    nearestQuoted: 'Jeg fant ingenting i dokumentene dine som sikkert svarer på dette. Det som kommer nærmest:',
    nothingFound: 'Jeg fant ingenting i dokumentene dine som svarer på dette.',
    nearestListed: 'De nærmeste stedene står blant kildene; de kan handle om noe annet.',
    nearestDoNotSay: 'Stedene blant kildene kommer nærmest spørsmålet ditt; ingen av dem besvarer det.',
    emptyLibrary:
      'Det finnes ingen dokumenter å svare fra ennå. Legg til noen, eller last inn eksempelsamlingen, og spør igjen.',
    stillReading: 'Dokumentene dine leses fortsatt. Spør igjen når det første er klart.',
    emptyPart: 'Den delen av biblioteket du spurte, har ingen ferdige dokumenter. Legg til noen, eller spør alt.',
    uncited: 'Ikke noe sted i dokumentene dine ble anført for dette; ingenting underbygger det.',
    cutOff: 'Svaret slutter her fordi modellen ikke kan skrive mer på én gang. Be om resten.',
  },
  fi: {
    fromDocuments: 'Asiakirjoistasi:',
    nearestQuoted: 'En löytänyt asiakirjoistasi mitään, mikä varmasti vastaisi tähän. Lähimpänä on:',
    nothingFound: 'En löytänyt asiakirjoistasi mitään, mikä vastaisi tähän.',
    nearestListed: 'Lähimmät kohdat on lueteltu lähteinä; ne voivat koskea muuta.',
    nearestDoNotSay: 'Lähteinä luetellut kohdat ovat lähimpänä kysymystäsi; mikään niistä ei vastaa siihen.',
    emptyLibrary:
      'Vielä ei ole asiakirjoja, joista vastata. Lisää niitä tai lataa esimerkkikokoelma ja kysy uudelleen.',
    stillReading: 'Asiakirjojasi luetaan vielä. Kysy uudelleen, kun ensimmäinen on valmis.',
    emptyPart: 'Kysymässäsi kirjaston osassa ei ole valmiita asiakirjoja. Lisää niitä tai kysy koko kirjastosta.',
    uncited: 'Tähän ei viitattu mistään asiakirjojesi kohdasta; mikään ei tue sitä.',
    cutOff: 'Vastaus päättyy tähän, koska malli ei voi kirjoittaa enempää kerralla. Pyydä loput.',
  },
  hu: {
    fromDocuments: 'A dokumentumaiból:',
    nearestQuoted: 'A dokumentumaiban nem találtam semmit, ami biztosan válaszol erre. Ami a legközelebb áll hozzá:',
    nothingFound: 'A dokumentumaiban nem találtam semmit, ami erre válaszol.',
    nearestListed: 'A legközelebbi részek a források között állnak; másról is szólhatnak.',
    nearestDoNotSay: 'A források között felsorolt részek állnak legközelebb a kérdéséhez; egyik sem válaszolja meg.',
    emptyLibrary:
      'Még nincsenek dokumentumok, amelyekből válaszolhatnék. Adjon hozzá néhányat, vagy töltse be a mintagyűjteményt, majd kérdezzen újra.',
    stillReading: 'A dokumentumai olvasása még tart. Kérdezzen újra, amikor az első elkészült.',
    emptyPart: 'A könyvtár kérdezett részében nincs kész dokumentum. Adjon hozzá néhányat, vagy kérdezze az egészet.',
    uncited: 'Ehhez a dokumentumai egyetlen részét sem idézte; semmi sem támasztja alá.',
    cutOff: 'A válasz itt véget ér, mert a modell egyszerre nem írhat többet. Kérje a folytatást.',
  },
  ro: {
    fromDocuments: 'Din documentele dumneavoastră:',
    nearestQuoted:
      'Nu am găsit în documentele dumneavoastră nimic care să răspundă sigur la aceasta. Cel mai apropiat:',
    nothingFound: 'Nu am găsit în documentele dumneavoastră nimic care să răspundă la aceasta.',
    nearestListed: 'Cele mai apropiate pasaje sunt enumerate ca surse; pot trata despre altceva.',
    nearestDoNotSay:
      'Pasajele enumerate ca surse sunt cele mai apropiate de întrebarea dumneavoastră; niciunul nu îi răspunde.',
    emptyLibrary:
      'Încă nu există documente din care să răspund. Adăugați câteva sau încărcați colecția de exemple, apoi întrebați din nou.',
    stillReading: 'Documentele dumneavoastră sunt încă citite. Întrebați din nou când primul este gata.',
    emptyPart:
      'Partea întrebată a bibliotecii nu are documente gata. Adăugați câteva sau întrebați întreaga bibliotecă.',
    uncited: 'Niciun pasaj din documentele dumneavoastră nu a fost citat pentru aceasta; nimic nu o susține.',
    cutOff: 'Răspunsul se termină aici, deoarece modelul nu poate scrie mai mult o dată. Cereți restul.',
  },
  tr: {
    fromDocuments: 'Belgelerinizden:',
    nearestQuoted: 'Belgelerinizde bunu kesin olarak yanıtlayan bir şey bulamadım. En yakın olanlar:',
    nothingFound: 'Belgelerinizde bunu yanıtlayan bir şey bulamadım.',
    nearestListed: 'En yakın bölümler kaynaklarda listelenmiştir; başka bir şeyle ilgili olabilirler.',
    nearestDoNotSay: 'Kaynaklarda listelenen bölümler sorunuza en yakın olanlardır; hiçbiri onu yanıtlamıyor.',
    emptyLibrary:
      'Henüz yanıt verilecek belge yok. Birkaç belge ekleyin ya da örnek koleksiyonu yükleyin, sonra yeniden sorun.',
    stillReading: 'Belgeleriniz hâlâ okunuyor. İlki hazır olduğunda yeniden sorun.',
    emptyPart: 'Sorduğunuz kitaplık bölümünde hazır belge yok. Birkaç belge ekleyin ya da tümüne sorun.',
    uncited: 'Bunun için belgelerinizden hiçbir bölüm alıntılanmadı; onu destekleyen bir şey yok.',
    cutOff: 'Yanıt burada bitiyor, çünkü model bir kerede daha fazla yazamaz. Devamını isteyin.',
  },
  ru: {
    fromDocuments: 'Из ваших документов:',
    nearestQuoted: 'Я не нашёл в ваших документах ничего, что точно отвечает на это. Ближе всего:',
    nothingFound: 'Я не нашёл в ваших документах ничего, что отвечает на это.',
    nearestListed: 'Ближайшие отрывки перечислены в источниках; они могут быть о другом.',
    nearestDoNotSay: 'Отрывки в источниках ближе всего к вашему вопросу, и ни один на него не отвечает.',
    emptyLibrary:
      'Документов, по которым можно ответить, ещё нет. Добавьте их или загрузите пример коллекции и спросите снова.',
    stillReading: 'Ваши документы ещё читаются. Спросите снова, когда первый будет готов.',
    emptyPart: 'В той части библиотеки, о которой вы спросили, нет готовых документов. Добавьте их или спросите всё.',
    uncited: 'Ни один отрывок ваших документов здесь не приведён; ничто этого не подтверждает.',
    cutOff: 'Ответ обрывается здесь, потому что модель не может написать больше за один раз. Попросите остальное.',
  },
};

/** In the language of the question, where it is one that the search knows; else in English. */
export function fixedSentences(question: string, reader: AnswerReader = 'owner'): FixedSentences {
  const asked = textLanguage(question);
  const language = isStemmed(asked) ? asked : 'en';
  if (reader === 'owner') return sentences[language];
  const said = visitorSentences[language];
  return { ...sentences[language], ...said, stillReading: said.emptyLibrary, nearestDoNotSay: said.nothingFound };
}

function isStemmed(language: string | undefined): language is StemmedLanguage {
  return language !== undefined && Object.hasOwn(sentences, language);
}

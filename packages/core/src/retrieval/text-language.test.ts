import { expect, test } from 'vitest';
import { textLanguage } from './text-language.ts';

test.each([
  ['How long do drones live?', 'en'],
  ['Wie lange leben Drohnen, und was fressen sie?', 'de'],
  ['Combien de temps vivent les faux bourdons ?', 'fr'],
  ['¿Cuánto tiempo viven los zánganos?', 'es'],
  ['Quanto tempo vivono i fuchi, e dove sono?', 'it'],
  ['Quanto tempo vivem os zangões e onde?', 'pt'],
  ['Hoe lang leven de darren van het volk?', 'nl'],
  ['Hur länge lever drönare och vad äter de?', 'sv'],
  ['Hvor længe lever droner, og hvad spiser de?', 'da'],
  ['Hva spiser droner, og hvor lenge lever de?', 'no'],
  ['Mitä kuhnurit syövät ja missä ne ovat?', 'fi'],
  ['Mit esznek a herék, és hol van a kas?', 'hu'],
  ['Ce mănâncă trântorii și unde sunt?', 'ro'],
  ['Erkek arılar ne yer ve nerede yaşar?', 'tr'],
  ['Сколько живут трутни?', 'ru'],
  ['蜂はどこで踊りますか', 'ja'],
  ['蜜蜂在哪里跳舞', 'zh'],
])('%s', (text, language) => {
  expect(textLanguage(text)).toBe(language);
});

test.each([['Ada Quill'], ['1,250.50'], ['']])('%j is of no language that could be told', (text) => {
  expect(textLanguage(text)).toBeUndefined();
});

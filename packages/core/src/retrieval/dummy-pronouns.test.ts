import { expect, test } from 'vitest';
import { isFollowUp } from './follow-up.ts';

/** A question of its own, and beside it one with the same pronoun that goes on with what was asked before. */
const pairs = [
  ['How warm is it on Venus?', 'How warm is it when it leaves the oven?'],
  ['What time is it in Tokyo?', 'What time is it open until on Sundays?'],
  ['Is it true that cats have nine lives?', 'Is it true in every case you know of?'],
  ['Is it possible to grow bananas in Norway?', 'Is it possible to order without an account?'],
  ['How is it that helium balloons float?', 'How is it so much lighter than air?'],
  ['Is it raining in the north of Scotland?', 'Is it leaking in the north of Scotland?'],
  ['How cold does it get in Yakutsk in January?', 'How cold does it get in winter up there?'],
  ['How far is it from Paris to Lyon?', 'How far is it from the station?'],
  ['How long does it take to fly a kite?', 'How long does it take to arrive?'],
  ['How much does it cost to rent a yacht?', 'How much does it cost to ship?'],
  ['Is it safe to eat raw mushrooms?', 'Is it safe to eat?'],
  ['Is it legal to own a penguin?', 'Is it legal to use in Germany?'],
  ['When is it best to plant tulips?', 'When is it best to visit?'],
  ['Who was it that painted the Mona Lisa?', 'Who was it painted by in the end?'],
  ['What is it like to live in Antarctica?', 'What is it like compared with the old one?'],
  ['Does it snow in Cairo every year?', 'Does it grow in Cairo every year?'],
  ['Does it hurt to get a tattoo?', 'Does it hurt the animal at all?'],
  ['It is said that elephants never forget, why?', 'It is said to be heavy, how heavy?'],
  ['Would it be wise to sell the shares now?', 'Would it be wise to wait for them?'],
  ['What is it called when water turns into ice?', 'What is it called in other countries?'],
  ['Stimmt es, dass Katzen sieben Leben haben?', 'Stimmt es auch bei den anderen Arten?'],
  ['Wie warm ist es auf der Venus?', 'Wie warm ist es im Winter dort?'],
  ['Wie spät ist es in Tokio gerade?', 'Wie spät ist es dafür im Jahr?'],
  ['Ist es möglich, Bananen in Norwegen zu ziehen?', 'Ist es möglich ohne ein Konto?'],
  ['Gibt es Haie in der Ostsee?', 'Gibt es davon noch andere Arten?'],
  ['Wie weit ist es von Wien nach Graz?', 'Wie weit ist es vom Bahnhof entfernt?'],
  ['Schneit es im Sommer auf der Zugspitze?', 'Hält es im Sommer auf der Zugspitze?'],
  ['Wie lange dauert es, einen Pullover zu stricken?', 'Wie lange dauert es bei den kleinen?'],
  ['Est-il vrai que les chats ont sept vies ?', 'Est-il vrai dans tous les pays ?'],
  ['Quelle heure est-il à Tokyo quand on dîne à Paris ?', 'À quelle heure ferme-t-il le dimanche ?'],
  ['Est-ce que les girafes dorment debout ?', 'Est-ce que cela coûte plus cher ?'],
  ['Y a-t-il des requins dans la mer Baltique ?', 'A-t-il des dents dans la mer Baltique ?'],
  ['Fait-il froid sur la planète Mars ?', 'Vit-il seul sur la planète Mars ?'],
  ['Est-il possible de cultiver des bananes en Norvège ?', 'Est-il capable de nager dans les rivières ?'],
  ['Combien de temps faut-il pour tricoter un pull ?', 'Combien de temps dort-il dans la journée ?'],
  ['Pleut-il souvent dans le nord de la Norvège ?', 'Mange-t-il souvent dans le nord de la Norvège ?'],
  ['¿Es verdad que los gatos tienen siete vidas?', '¿Es verdad eso en los otros países?'],
  ['¿Qué hora es en la ciudad de Tokio?', '¿A qué hora abren ellos el domingo?'],
  ['¿Hace frío en el planeta Marte?', '¿Hace frío allí en el invierno?'],
  ['¿Hay tiburones en el mar Báltico?', '¿Hay de esos en el mar Báltico?'],
] as const;

test.each(pairs)('%s stands alone, %s does not', (alone, leaning) => {
  expect([isFollowUp(alone), isFollowUp(leaning)]).toEqual([false, true]);
});
